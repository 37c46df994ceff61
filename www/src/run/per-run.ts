/** Computes something from a run once and keeps it: a run never changes. It is forgotten together with the run. */

import type { Run } from './model';

export function perRun<T>(make: (run: Run) => T): (run: Run) => T {
  const made = new WeakMap<Run, { readonly value: T }>();
  return (run) => {
    const known = made.get(run) ?? { value: make(run) };
    made.set(run, known);
    return known.value;
  };
}
