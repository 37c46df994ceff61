/** Which step of a run is meant: by the `step` option, and from one run to another. Pure functions. */

import type { Run, Step, StepId, StepRef } from '../../run/model';
import { addressOf, isSameStep, parseAddress } from '../../run/step-ref';
import { type Course, stepsFor } from '../../run/steps';

/** Where the page stands: at the question, or at a step by its number from 1 or its address. */
export type Position = 'question' | number | StepRef;

/** The steps of a run with these options, by their ids, the last one included. */
export function idsOf(options: Course): readonly StepId[] {
  return [...stepsFor(options), 'close'];
}

/** Reads the `step` option. `null` if it names none of these steps; the question, where it is absent. */
export function parsePosition(text: string | undefined, ids: readonly StepId[]): Position | null {
  if (text === undefined || text === '0' || text === 'question') return 'question';
  if (/^\d{1,3}$/.test(text)) {
    const number = Number(text);
    return number <= ids.length ? number : null;
  }
  return parseAddress(text, ids) ?? null;
}

/** Index of a step; -1 is the question. A run that ended early has fewer steps than its options allow for. */
export function indexOf(run: Run, position: Position): number {
  if (position === 'question') return -1;
  const index = typeof position === 'number' ? position - 1 : nearest(run, position);
  const last = run.steps.length - 1;
  return index < 0 ? last : Math.min(index, last);
}

/** The same step in another run; where it has none, the one at the same place. */
export function sameStep(run: Run, step: Step | undefined): number {
  if (!step) return -1;
  const index = nearest(run, step);
  return index >= 0 ? index : Math.min(step.index, run.steps.length - 1);
}

/** Index of this step, or, where it occurs less often, of the last one of its id. */
function nearest(run: Run, ref: StepRef): number {
  const index = run.steps.findIndex((step) => isSameStep(step, ref));
  return index >= 0 ? index : run.steps.findLastIndex((step) => step.id === ref.id);
}

/** The `step` option, among these steps, for who is at this one: its address, or else its place. */
export function stepAmong(ids: readonly StepId[], step: Step): string {
  return ids.includes(step.id) ? addressOf(step) : String(Math.min(step.index + 1, ids.length));
}
