/** A step by its id and by how often it came before: how steps are addressed and found. Pure functions. */

import type { Run, Step, StepId, StepRef } from './model';

/** The first step of this id. */
export function firstOf(id: StepId): StepRef {
  return { id, occurrence: 1 };
}

export function isSameStep(a: StepRef, b: StepRef): boolean {
  return a.id === b.id && a.occurrence === b.occurrence;
}

export function findStep(run: Run, ref: StepRef): Step | undefined {
  return run.steps.find((step) => isSameStep(step, ref));
}

/** As addresses and attributes have it: `read`, and the second one `read-2`. */
export function addressOf({ id, occurrence }: StepRef): string {
  return occurrence === 1 ? id : `${id}-${occurrence}`;
}

/** Reads an address of one of these steps; how often they occur is not known before the run. `undefined` if it is none. */
export function parseAddress(text: string, ids: readonly StepId[]): StepRef | undefined {
  const whole = ids.find((id) => id === text);
  if (whole) return firstOf(whole);
  const [, name, digits] = /^(.+)-([1-9]\d?)$/.exec(text) ?? [];
  const id = ids.find((each) => each === name);
  const occurrence = Number(digits);
  return id && occurrence > 1 ? { id, occurrence } : undefined;
}
