/** Which step of a run is meant: by the `step` option, and from one run to another. Pure functions. */

import type { Run, Step, StepId } from '../../run/model';
import { type Course, stepsFor } from '../../run/steps';

/** Where the page stands: at the question, or at a step by its number from 1 or its id. */
export type Position = 'question' | number | StepId;

/** The steps of a run with these options, by their ids, the last one included. */
export function idsOf(options: Course): readonly StepId[] {
  return [...stepsFor(options), 'close'];
}

/** The `step` option, read; `null` where there is no such step among these, `undefined` where none is asked for. */
export function parsePosition(text: string | undefined, ids: readonly StepId[]): Position | null {
  if (text === undefined || text === '0' || text === 'question') return 'question';
  if (/^\d{1,3}$/.test(text)) {
    const number = Number(text);
    return number <= ids.length ? number : null;
  }
  return ids.find((id) => id === text) ?? null;
}

/** Index of a step; -1 is the question. A run that ended early has fewer steps than its options allow for. */
export function indexOf(run: Run, position: Position): number {
  if (position === 'question') return -1;
  const index = typeof position === 'number' ? position - 1 : run.steps.findIndex((step) => step.id === position);
  const last = run.steps.length - 1;
  return index < 0 ? last : Math.min(index, last);
}

/** The step of the same id in another run; where it has none, the one at the same place. */
export function sameStep(run: Run, step: Step | undefined): number {
  if (!step) return -1;
  const index = run.steps.findIndex((candidate) => candidate.id === step.id);
  return index >= 0 ? index : Math.min(step.index, run.steps.length - 1);
}

/** The `step` option, among these steps, for who is at this one: its id, or else its place. */
export function stepAmong(ids: readonly StepId[], step: Step): string {
  return ids.includes(step.id) ? step.id : String(Math.min(step.index + 1, ids.length));
}
