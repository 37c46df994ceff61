/**
 * Looks for values in a memory. Pure functions over bytes.
 *
 * What is searched for: every part of a value, whole, in both byte orders (big numbers rest with their least
 * significant byte first in some libraries). Of private numbers also each piece of 16 bytes, since a part of one can be
 * enough to compute the rest. Left out, because they would be found anywhere: needles under 12 bytes, and pieces with
 * fewer than 8 different bytes.
 */

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

/** What a memory holds of one value. */
export interface Found {
  readonly value: Value;
  /** Addresses of whole copies, by part; in either byte order. Parts that are too short to search for are absent. */
  readonly copies: ReadonlyMap<string, readonly number[]>;
  /** Pieces outside of whole copies of any part. */
  readonly pieces: readonly Match[];
}

const SHORTEST = 12;
const PIECE = 16;
const FEWEST_DISTINCT = 8;

/** What is worth hiding, and therefore worth searching for. */
export const SECRET_KINDS: readonly ValueKind[] = [
  'private_key',
  'one_time_private_key',
  'shared_secret',
  'traffic_key',
  'seed',
];

/** The kinds whose pieces are telling. */
const PIECED_KINDS: readonly ValueKind[] = ['private_key', 'one_time_private_key'];

/** Encoded keys share bytes with the public key: their pieces say nothing. */
const ENCODED_PARTS: readonly string[] = ['pkcs8'];

export function isSecret(value: Value): boolean {
  return SECRET_KINDS.includes(value.kind);
}

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

/** All places where any of the needles is, in one pass over the memory. `base` is the address of its first byte. */
export function search(memory: Uint8Array, needles: readonly Needle[], base = 0): readonly Match[] {
  // Two bytes of each needle decide whether a place is worth a closer look: 65,536 answers, mostly no.
  const worth = new Uint8Array(0x10000);
  const byPair = new Map<number, { readonly needle: Needle; readonly anchor: number }[]>();
  for (const needle of needles) {
    const anchor = anchorOf(needle.bytes);
    const pair = pairAt(needle.bytes, anchor);
    worth[pair] = 1;
    const known = byPair.get(pair);
    if (known) known.push({ needle, anchor });
    else byPair.set(pair, [{ needle, anchor }]);
  }
  const matches: Match[] = [];
  for (let at = 0; at + 1 < memory.length; at++) {
    const pair = pairAt(memory, at);
    if (worth[pair] === 0) continue;
    for (const { needle, anchor } of byPair.get(pair) ?? []) {
      const start = at - anchor;
      if (isAt(memory, start, needle.bytes)) matches.push({ needle, at: base + start });
    }
  }
  return matches;
}

/** Where the first pair of different bytes begins: most of a memory is zeros, and zeros are in many a needle. */
function anchorOf(needle: Uint8Array): number {
  for (let at = 0; at + 1 < needle.length; at++) {
    if (needle[at] !== 0 && needle[at + 1] !== 0 && needle[at] !== needle[at + 1]) return at;
  }
  return 0;
}

function pairAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function isAt(memory: Uint8Array, at: number, needle: Uint8Array): boolean {
  if (at < 0 || at + needle.length > memory.length) return false;
  for (let i = 0; i < needle.length; i++) {
    if (memory[at + i] !== needle[i]) return false;
  }
  return true;
}

/** Searches a memory for values and sums up what it holds of each, in the order of `values`. */
export function find(memory: Uint8Array, values: readonly Value[], base = 0): readonly Found[] {
  const matches = search(memory, values.flatMap(needlesOf), base);
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
