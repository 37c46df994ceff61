/** What a memory holds of values, by the page's search and by nothing else of the page. */

import type { Value } from '../src/run/model';
import { needlesOf } from '../src/run/search/needles';
import { type Match, prepare, search } from '../src/run/search/scan';
import { SHORTEST } from '../src/run/values';

/** What a memory holds of one value. */
export interface Found {
  readonly value: Value;
  /** Addresses of whole copies, by part; in either byte order. Parts that are too short to search for are absent. */
  readonly copies: ReadonlyMap<string, readonly number[]>;
  /** Pieces outside of whole copies of any part. */
  readonly pieces: readonly Match[];
}

/** Searches a memory for values and sums up what it holds of each, in the order of `values`. */
export function find(memory: Uint8Array, values: readonly Value[], base = 0): readonly Found[] {
  const matches = search(memory, prepare(values.flatMap(needlesOf)), base);
  return values.map((value) => {
    const own = matches.filter((match) => match.needle.value === value);
    const wholes = own.filter(isWhole);
    const parts = value.parts.filter((part) => part.bytes.length >= SHORTEST);
    return {
      value,
      copies: new Map(parts.map((part) => [part.name, addresses(wholes, part.name)])),
      pieces: own.filter((match) => !isWhole(match) && !wholes.some((whole) => covers(whole, match))),
    };
  });
}

function isWhole({ needle }: Match): boolean {
  return needle.form === 'whole' || needle.form === 'reversed';
}

function addresses(wholes: readonly Match[], part: string): readonly number[] {
  // A value that reads the same in both directions is one copy, not two.
  return [...new Set(wholes.filter((match) => match.needle.part === part).map((match) => match.at))];
}

function covers(whole: Match, piece: Match): boolean {
  return whole.at <= piece.at && piece.at + piece.needle.bytes.length <= whole.at + whole.needle.bytes.length;
}
