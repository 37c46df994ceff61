/** What was seen of the parties from outside: their memories, what was posted to them, and what was found in both. */

import type { Reading, ValueName } from '../../pkg/tls_glass.js';
import type { MemoryImage } from './memory';
import type { Party } from './model';

/** A copy of a value that a search found: a part of it, whole, at an address. */
export interface Copy {
  /** The part's name within the value; empty where it has one part. */
  readonly part: string;
  readonly at: number;
  readonly length: number;
  /** Last byte first, as some libraries keep big numbers. */
  readonly reversed: boolean;
}

/** Bytes of a value, outside of whole copies. */
export interface Piece {
  readonly part: string;
  readonly at: number;
  readonly length: number;
}

/** What a search found of one value. */
export interface Finding {
  readonly name: ValueName;
  readonly copies: readonly Copy[];
  readonly pieces: readonly Piece[];
}

/** One party's memory at one moment, searched for every value of the run. */
export interface Look {
  readonly party: Party;
  /** Index of the last unit that had run. */
  readonly unit: number;
  readonly image: MemoryImage;
  /** What was found; a value that is absent was looked for and not found. */
  readonly findings: readonly Finding[];
}

/** Bytes or text that were posted into a party's worker, searched as well. */
export interface Posting {
  readonly party: Party;
  /** Index of the last unit that had run; -1 before any. */
  readonly unit: number;
  /** The method that was called with them. */
  readonly call: string;
  readonly bytes: Uint8Array;
  readonly findings: readonly Finding[];
}

/** One of four listeners with the same recording and different keys, and what it could read of the reply. */
export interface ClaimTest {
  /** Whether it was given the server's private key. */
  readonly privateKey: boolean;
  /** Whether it was given the server-to-client data key, with its IV. */
  readonly dataKey: boolean;
  readonly reading: Reading;
}
