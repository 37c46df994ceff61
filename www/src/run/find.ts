/** Looks for bytes of the reader's own in a memory. Pure functions. */

import { bytesAt, isAt, type MemoryImage } from './memory';
import type { Party } from './model';

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
