/** What is gathered from a run once. A run does not change, so it stays right for as long as the run is around. */

import type { Run } from './model';

export function perRun<T>(make: (run: Run) => T): (run: Run) => T {
  const made = new WeakMap<Run, { readonly value: T }>();
  return (run) => {
    const known = made.get(run) ?? { value: make(run) };
    made.set(run, known);
    return known.value;
  };
}
