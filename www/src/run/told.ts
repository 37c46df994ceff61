/** What the network tells of a run, in the order in which it happened. */

import type { MemoryImage } from './memory';
import type { Party, RunUnit } from './model';

/** A unit as the network collects it. */
export type Collected = Omit<RunUnit, 'index'>;

export type Told =
  | { readonly is: 'unit'; readonly unit: Collected }
  /** Bytes or text that were posted into a party's worker. */
  | { readonly is: 'posting'; readonly party: Party; readonly call: string; readonly bytes: Uint8Array }
  /** A party's memory at the end of a step, whoever acted last. */
  | { readonly is: 'look'; readonly party: Party; readonly image: MemoryImage };

export function unitsIn(told: readonly Told[]): readonly Collected[] {
  return told.flatMap((each) => (each.is === 'unit' ? [each.unit] : []));
}

/** With its place among all. */
export function numbered(collected: readonly Collected[]): readonly RunUnit[] {
  return collected.map((unit, index) => ({ ...unit, index }));
}
