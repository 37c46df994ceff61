/** Which step each unit belongs to, unit after unit: what is under way, and which steps come again. */

import type { Action, Party, Scope, StepId, StepRef } from './model';
import { isEndpoint } from './model';
import { type Course, rank, stepOf } from './steps';

/** As much of a unit as decides its step. */
export interface Placed {
  readonly party: Party;
  readonly scope: Scope;
  readonly action: Action;
}

export class StepSequence {
  readonly #course: Course;
  /** The step that each side is in. */
  readonly #current = new Map<Party, StepId>();
  readonly #occurrences = new Map<StepId, number>();
  #underWay: StepRef | undefined;
  #hasFailed = false;

  constructor(course: Course) {
    this.#course = course;
  }

  /** The step of a unit that would come next: the one under way, or another one that it begins. */
  stepFor(unit: Placed): StepRef {
    const underWay = this.#underWay;
    const id = this.#idFor(unit);
    if (underWay && (id === underWay.id || this.#isLate(unit, id, underWay.id))) return underWay;
    return { id, occurrence: (this.#occurrences.get(id) ?? 0) + 1 };
  }

  /** The unit is done; what comes next follows it. */
  add(unit: Placed, failed: boolean): StepRef {
    const step = this.stepFor(unit);
    if (step !== this.#underWay) this.#occurrences.set(step.id, step.occurrence);
    this.#underWay = step;
    this.#current.set(unit.party, step.id);
    // After a failure the same actions end the connection for another reason.
    if (failed) this.#hasFailed = true;
    return step;
  }

  #idFor({ party, scope, action }: Placed): StepId {
    const own = isEndpoint(party) ? this.#current.get(party) : this.#underWay?.id;
    const id = stepOf({ action, party, scope }, this.#course, own ?? 'certificate');
    return this.#hasFailed && id === 'close' ? 'alert' : id;
  }

  /**
   * Whether a unit reads what comes while the other side is further on: a message that is not the one awaited, or the end of the
   * transport. It begins no step; only what somebody does of itself can begin an earlier step again.
   */
  #isLate({ action }: Placed, id: StepId, underWay: StepId): boolean {
    const reads = action === 'open_record' || action.startsWith('receive_');
    return reads && rank(id, this.#course) < rank(underWay, this.#course);
  }
}
