/**
 * Looks for values in a memory. Pure functions over bytes.
 *
 * What is searched for: every part of a value, whole, in both byte orders (big numbers rest with their least
 * significant byte first in some libraries). Of private numbers also each piece of 16 bytes, since a part of one can be
 * enough to compute the rest. Left out, because they would be found anywhere: needles under 12 bytes, and pieces with
 * fewer than 8 different bytes.
 */

import { isAt } from './memory';
import type { Part, Value, ValueKind } from './model';

export type Form = 'whole' | 'reversed' | 'piece' | 'reversed piece';

/** Bytes to look for. */
export interface Needle {
  readonly value: Value;
  /** The part's name within the value; empty where it has one part. */
  readonly part: string;
  readonly form: Form;
  /** Where in the part, in its order in this form, the needle begins. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** A needle, found at an address. */
export interface Match {
  readonly needle: Needle;
  readonly at: number;
}

/** Shorter bytes would be found anywhere. */
export const SHORTEST = 12;
const PIECE = 16;
const FEWEST_DISTINCT = 8;

/** The kinds whose pieces are telling. */
const PIECED_KINDS: readonly ValueKind[] = ['private_key', 'one_time_private_key'];

/** Encoded keys share bytes with the public key: their pieces say nothing. */
const ENCODED_PARTS: readonly string[] = ['pkcs8'];

export function needlesOf(value: Value): readonly Needle[] {
  return value.parts.flatMap((part) => {
    if (part.bytes.length < SHORTEST) return [];
    const reversed = part.bytes.toReversed();
    const whole: Needle[] = [
      { value, part: part.name, form: 'whole', offset: 0, bytes: part.bytes },
      { value, part: part.name, form: 'reversed', offset: 0, bytes: reversed },
    ];
    if (!PIECED_KINDS.includes(value.kind) || ENCODED_PARTS.includes(part.name)) return whole;
    return [
      ...whole,
      ...piecesOf(value, part, part.bytes, 'piece'),
      ...piecesOf(value, part, reversed, 'reversed piece'),
    ];
  });
}

function piecesOf(value: Value, part: Part, bytes: Uint8Array, form: Form): Needle[] {
  const pieces: Needle[] = [];
  for (let offset = 0; offset + PIECE <= bytes.length; offset += PIECE) {
    const piece = bytes.subarray(offset, offset + PIECE);
    if (new Set(piece).size >= FEWEST_DISTINCT) pieces.push({ value, part: part.name, form, offset, bytes: piece });
  }
  return pieces;
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
const STRIDE = 4;

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
 * is shorter than {@link SHORTEST}.
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
