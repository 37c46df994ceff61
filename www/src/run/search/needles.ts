/**
 * What is searched for: the needles of a run's values, and bytes that the reader typed. Pure functions.
 *
 * Of every value each part is a needle, whole, in both byte orders (big numbers rest with their least significant byte first
 * in some libraries). Of private numbers also each piece of 16 bytes, since a part of one can be enough to compute the rest.
 * Left out, because they would be found anywhere: needles under 12 bytes, and pieces with fewer than 8 different bytes.
 */

import type { Part, Value, ValueKind } from '../model';
import { SHORTEST } from '../values';

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

const PIECE = 16;
const FEWEST_DISTINCT = 8;

/** The kinds whose pieces are telling. */
const PIECED_KINDS: readonly ValueKind[] = ['private_key', 'ephemeral_private_key'];

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

export type Notation = 'hex' | 'text';

export interface TypedNeedle {
  readonly notation: Notation;
  /** Absent where the text is no hexadecimal although it is to be read as such. */
  readonly bytes: Uint8Array | undefined;
}

/** Reads what was typed: as asked, or else as hexadecimal if it can be that, and as text if not. */
export function readNeedle(typed: string, asked?: Notation): TypedNeedle {
  const bytes = hexBytes(typed);
  const notation = asked ?? (bytes && bytes.length > 0 ? 'hex' : 'text');
  return notation === 'hex' ? { notation, bytes } : { notation, bytes: new TextEncoder().encode(typed) };
}

/** Pairs of digits, with or without spaces or colons between them, with or without 0x before them. */
function hexBytes(typed: string): Uint8Array | undefined {
  const digits = typed.replace(/\b0x/gi, '').replace(/[\s:,]/g, '');
  if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) return undefined;
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}
