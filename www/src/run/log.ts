/** The log of a run: what the network recorded, in the order in which it happened. */

import type { MemoryImage } from './memory';
import type { Delivery, Party, RunUnit } from './model';

/** A unit as the network records it. */
export type LoggedUnit = Omit<RunUnit, 'index'>;

export type LogEntry =
  | { readonly is: 'unit'; readonly unit: LoggedUnit }
  /** A record that was sent, and what became of it. */
  | { readonly is: 'delivery'; readonly delivery: Delivery }
  /** Bytes or text that were posted into a party's worker. */
  | { readonly is: 'posting'; readonly party: Party; readonly call: string; readonly bytes: Uint8Array }
  /** A party's memory at the end of a step, whoever acted last. */
  | { readonly is: 'look'; readonly party: Party; readonly image: MemoryImage };

export function unitsIn(log: readonly LogEntry[]): readonly LoggedUnit[] {
  return log.flatMap((each) => (each.is === 'unit' ? [each.unit] : []));
}

export function deliveriesIn(log: readonly LogEntry[]): readonly Delivery[] {
  return log.flatMap((each) => (each.is === 'delivery' ? [each.delivery] : []));
}

/** With its place among all. */
export function numbered(collected: readonly LoggedUnit[]): readonly RunUnit[] {
  return collected.map((unit, index) => ({ ...unit, index }));
}
