/** What the reader wants to find, as bytes: typed in hexadecimal or as text. Pure functions. */

export type Notation = 'hex' | 'text';

export interface Needle {
  readonly notation: Notation;
  /** Absent where the text is no hexadecimal although it is to be read as such. */
  readonly bytes: Uint8Array | undefined;
}

/** Reads what was typed: as asked, or else as hexadecimal if it can be that, and as text if not. */
export function readNeedle(typed: string, asked?: Notation): Needle {
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
