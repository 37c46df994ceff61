/** What Eve kept of the wire. Pure functions. */

import { sameBytes } from './compare';
import type { Run, WireRecord } from './model';

/** Whether she has a record, byte by byte: among all that she reports to have kept. */
export function isKeptByEve(run: Run, { bytes }: WireRecord): boolean {
  const kept = run.units.filter(({ party, unit }) => party === 'eavesdropper' && unit.action === 'keep_record');
  return kept.some(({ unit }) =>
    unit.events.some((event) => event.type === 'buffer' && sameBytes(event.buffer.bytes, bytes)),
  );
}
