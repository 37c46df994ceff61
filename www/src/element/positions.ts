/** Which step of a run is meant. Pure functions. */

import type { Run, Step, StepId } from '../run/model';
import type { Position } from './options';

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
