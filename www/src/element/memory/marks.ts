/** The stretches of a memory that hold values of the run, for picture and hex view alike. Pure functions. */

import { foundIn, type Row, rows } from '../../run/glass';
import type { Copy, Look, Run, ValueKind, ValueName } from '../../run/model';

/** A stretch of memory that is known to hold something. */
export interface Mark {
  readonly name: ValueName;
  readonly kind: ValueKind;
  readonly part: string;
  readonly start: number;
  readonly end: number;
  readonly reversed: boolean;
}

/** All that a search found, in the order of the addresses; of stretches with one beginning, the longest first. */
export function marksOf(run: Run, look: Look): readonly Mark[] {
  const marks = rows(run).flatMap((row) => (foundIn(look, row.name)?.copies ?? []).map((copy) => mark(row, copy)));
  return marks.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

function mark({ name, kind }: Row, { part, at, length, reversed }: Copy): Mark {
  return { name, kind, part, start: at, end: at + length, reversed };
}

/** The innermost mark at an address: a key within a longer secret is named, not the whole around it. */
export function markAt(marks: readonly Mark[], at: number): Mark | undefined {
  let best: Mark | undefined;
  for (const each of marks) {
    if (each.start <= at && at < each.end && (!best || each.end - each.start < best.end - best.start)) best = each;
  }
  return best;
}
