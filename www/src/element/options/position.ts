/** Which step of a run is meant: by the `step` option, and from one run to another. Pure functions. */

import type { Run, Step, StepId, StepRef } from '../../run/model';
import { addressOf, isSameStep, parseAddress } from '../../run/step-ref';
import { type Course, PROLOGUE, stepsFor } from '../../run/steps';

/** Where the page stands: at the question, or at a step by its number or its address. Numbers go on after the last counted step. */
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
    // One more than there are: links made when the certificate was step 1 mean the end by it.
    return number <= lastNumber(ids) + 1 ? number : null;
  }
  return parseAddress(text, ids) ?? null;
}

/** The number of the last of these steps. */
export function lastNumber(ids: readonly StepId[]): number {
  return ids.filter((id) => id !== PROLOGUE).length;
}

/** Of the steps that a run is to have, the one at a position: where it comes again, as it is at first. None is the question. */
export function plannedStep(ids: readonly StepId[], position: Position): StepId | undefined {
  if (position === 'question') return undefined;
  if (typeof position !== 'number') return position.id;
  return ids.filter((id) => id !== PROLOGUE)[position - 1] ?? ids.at(-1);
}

/** Index of the step where the count begins. */
export function firstIndex({ steps }: Run): number {
  return Math.max(
    steps.findIndex(({ number }) => number !== null),
    0,
  );
}

/** Index of a step; -1 is the question. A run that ended early has fewer steps than its options allow for. */
export function indexOf(run: Run, position: Position): number {
  if (position === 'question') return -1;
  const index = typeof position === 'number' ? firstIndex(run) + position - 1 : nearest(run, position);
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

/** The step that an element's `step` attribute means; none is the question. */
export function stepAt(run: Run, text: string | undefined): Step | undefined {
  const number = Number(text);
  const position = Number.isInteger(number) && number > 0 ? number : parsePosition(text, idsOf(run.options));
  return run.steps[indexOf(run, position ?? 'question')];
}

/** The `step` attribute for who is at this step of the run: its number, which goes on after the last; before the first, its address. */
export function placeIn(run: Run, step: Step | undefined): string {
  if (!step) return '0';
  const number = step.index - firstIndex(run) + 1;
  return number > 0 ? String(number) : addressOf(step);
}

/** The `step` option, among these steps, for who is at this one: its address, or else its place. */
export function stepAmong(ids: readonly StepId[], step: Step): string {
  if (ids.includes(step.id)) return addressOf(step);
  const number = ids[0] === PROLOGUE ? step.index : step.index + 1;
  return String(Math.min(Math.max(number, 1), lastNumber(ids)));
}
