/**
 * Whose turn it is. Each side can name the unit of work that it would do next, and each unit belongs to a step: the side whose step
 * comes first goes first, so that the units run in the order in which the page shows them (docs/decisions/network-order-of-units.md).
 */

import type { Action } from '../../pkg/tls_glass.js';
import type { Endpoint, StepId } from '../run/model';
import { ENDPOINTS } from '../run/model';
import { type Course, rank, stepOf } from '../run/steps';

export class Turns {
  readonly #course: Course;
  readonly #next = new Map<Endpoint, Action>();
  readonly #steps = new Map<Endpoint, StepId>();
  readonly #failed = new Set<Endpoint>();

  constructor(course: Course) {
    this.#course = course;
  }

  set(party: Endpoint, next: Action | undefined): void {
    if (next) this.#next.set(party, next);
    else this.#next.delete(party);
  }

  did(party: Endpoint, action: Action, failed: boolean): void {
    this.#steps.set(party, this.#step(party, action));
    if (failed) this.#failed.add(party);
  }

  /** A side that has an alert to send, which it does at once; else the one with the earlier step; of equals, the client. */
  first(): { readonly party: Endpoint; readonly action: Action } | undefined {
    const ready = ENDPOINTS.flatMap((party) => {
      const action = this.#next.get(party);
      return action ? [{ party, action, order: this.#order(party, action) }] : [];
    });
    return ready.toSorted((a, b) => a.order - b.order)[0];
  }

  #order(party: Endpoint, action: Action): number {
    return this.#failed.has(party) && action === 'send_alert' ? -1 : rank(this.#step(party, action), this.#course);
  }

  #step(party: Endpoint, action: Action): StepId {
    const current = this.#steps.get(party) ?? 'client-hello';
    return stepOf({ action, party, scope: 'connection' }, this.#course, current);
  }
}
