/** Bytes and values compared. Pure functions. */

import type { Party, Value } from './model';

/** Whether these bytes stand there, whole. */
export function isAt(bytes: Uint8Array, at: number, needle: Uint8Array): boolean {
  if (at < 0 || at + needle.length > bytes.length) return false;
  for (let i = 0; i < needle.length; i++) {
    if (bytes[at + i] !== needle[i]) return false;
  }
  return true;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && isAt(a, 0, b);
}

/** Where these bytes, at least one, stand for the first time in there; -1 where they do not. */
export function placeOf(whole: Uint8Array, part: Uint8Array): number {
  const [first] = part;
  if (first === undefined) return -1;
  let at = whole.indexOf(first);
  while (at >= 0 && !isAt(whole, at, part)) at = whole.indexOf(first, at + 1);
  return at;
}

export function contains(whole: Uint8Array, part: Uint8Array): boolean {
  return placeOf(whole, part) >= 0;
}

/** Whether it is the same value: of the same name, with the same bytes in each part. */
export function sameValue(a: Value, b: Value): boolean {
  return (
    a.name === b.name &&
    a.parts.length === b.parts.length &&
    a.parts.every(({ name, bytes }, index) => {
      const other = b.parts[index];
      return other?.name === name && sameBytes(bytes, other.bytes);
    })
  );
}

/** A value, and who has to do with it. */
export interface SharedValue {
  readonly value: Value;
  readonly parties: readonly Party[];
}

/** The same value of several parties, once. */
export function together(all: readonly { readonly party: Party; readonly value: Value }[]): readonly SharedValue[] {
  const found: { value: Value; parties: Party[] }[] = [];
  for (const { party, value } of all) {
    const same = found.find((other) => sameValue(other.value, value));
    if (!same) found.push({ value, parties: [party] });
    else if (!same.parties.includes(party)) same.parties.push(party);
  }
  return found;
}
