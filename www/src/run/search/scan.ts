/** Passes over the bytes of a memory: for all needles of a run at once, or for one that the reader typed. Pure functions. */

import { isAt } from '../compare';
import { bytesAt, type MemoryImage } from '../memory';
import type { Party } from '../model';
import type { Needle } from './needles';

/** A party's memory to look into. */
export interface PartyImage {
  readonly party: Party;
  readonly image: MemoryImage;
}

/** Where bytes are in a party's memory. */
export interface PartyAddresses {
  readonly party: Party;
  /** In ascending order; at most {@link MOST_ADDRESSES}. */
  readonly addresses: readonly number[];
  /** How many there are, also beyond those that are listed. */
  readonly total: number;
}

export const MOST_ADDRESSES = 1000;

/** Where exactly these bytes are, anywhere behind the stack. Of no bytes there are no addresses. */
export function findBytes({ party, image }: PartyImage, needle: Uint8Array): PartyAddresses {
  const [first] = needle;
  const addresses: number[] = [];
  let total = 0;
  if (first === undefined) return { party, addresses, total };
  const memory = bytesAt(image, image.stackTop, image.size);
  for (let at = memory.indexOf(first); at >= 0; at = memory.indexOf(first, at + 1)) {
    if (!isAt(memory, at, needle)) continue;
    total += 1;
    if (addresses.length < MOST_ADDRESSES) addresses.push(image.stackTop + at);
  }
  return { party, addresses, total };
}

/** A needle, found at an address. */
export interface Match {
  readonly needle: Needle;
  readonly at: number;
}

/** Needles, sorted by what is looked for first. */
export interface Prepared {
  /** For each pair of bytes, whether a place that has it is worth a closer look: 65,536 answers, mostly no. */
  readonly worth: Uint8Array;
  readonly byPair: ReadonlyMap<number, readonly Anchored[]>;
  /** Bytes of the longest needle. */
  readonly longest: number;
}

interface Anchored {
  readonly needle: Needle;
  /** Where in the needle its pair is. */
  readonly anchor: number;
}

/** How often each pair of bytes stands in some memory. */
export type PairCounts = Uint32Array;

export function countPairs(memories: readonly Uint8Array[]): PairCounts {
  const counts = new Uint32Array(0x10000);
  for (const memory of memories) {
    for (let at = 0; at + 1 < memory.length; at++) {
      const pair = pairAt(memory, at);
      counts[pair] = (counts[pair] as number) + 1;
    }
  }
  return counts;
}

/** Only every fourth place of a memory is looked at; each needle has four pairs, one of which lies at such a place. */
export const STRIDE = 4;

/**
 * Two bytes of each needle decide whether a place is worth a closer look. Zeros, text and the encodings of keys are in
 * many a needle and all over a memory; `counts` of such a memory tell which two bytes are rare there.
 */
export function prepare(needles: readonly Needle[], counts?: PairCounts): Prepared {
  const worth = new Uint8Array(0x10000);
  const byPair = new Map<number, Anchored[]>();
  for (const needle of needles) {
    for (let first = 0; first < STRIDE; first++) {
      const anchor = anchorOf(needle.bytes, first, counts);
      const pair = pairAt(needle.bytes, anchor);
      worth[pair] = 1;
      const known = byPair.get(pair);
      if (known) known.push({ needle, anchor });
      else byPair.set(pair, [{ needle, anchor }]);
    }
  }
  return { worth, byPair, longest: needles.reduce((longest, { bytes }) => Math.max(longest, bytes.length), 0) };
}

/**
 * All places where any of the needles is, in one pass over the memory. `base` is the address of its first byte. No needle
 * is shorter than that of `SHORTEST` in values.ts.
 */
export function search(memory: Uint8Array, { worth, byPair }: Prepared, base = 0): readonly Match[] {
  const matches: Match[] = [];
  for (let at = 0; at + 1 < memory.length; at += STRIDE) {
    const pair = pairAt(memory, at);
    if (worth[pair] === 0) continue;
    for (const { needle, anchor } of byPair.get(pair) ?? []) {
      const start = at - anchor;
      if (isAt(memory, start, needle.bytes)) matches.push({ needle, at: base + start });
    }
  }
  return matches;
}

/**
 * The rarest pair by count, among those at every fourth place from `first` on; of equals, and without a count, the first
 * of two different bytes that are not zero.
 */
function anchorOf(needle: Uint8Array, first: number, counts: PairCounts | undefined): number {
  let best = first;
  let least = Number.POSITIVE_INFINITY;
  for (let at = first; at + 1 < needle.length; at += STRIDE) {
    const plain = needle[at] === 0 || needle[at + 1] === 0 || needle[at] === needle[at + 1];
    const cost = (counts?.[pairAt(needle, at)] ?? 0) + (plain ? 0.5 : 0);
    if (cost >= least) continue;
    best = at;
    least = cost;
  }
  return best;
}

/** Within the bytes; this is asked millions of times, so it does not ask back. */
function pairAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}
