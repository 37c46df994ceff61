/** Bytes and numbers as text. Pure functions. */

import type { Language } from '../../content/language';

export function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** Bytes in hexadecimal, with an ellipsis where they go on. */
export function hexOf(bytes: Uint8Array, most = Number.POSITIVE_INFINITY): string {
  const shown = [...bytes.subarray(0, most)].map(hexByte).join(' ');
  return bytes.length > most ? `${shown} …` : shown;
}

/** Bytes in hexadecimal, as programs take them: without spaces. */
export function digitsOf(bytes: Uint8Array): string {
  return [...bytes].map(hexByte).join('');
}

/** With the alphabet and the padding of RFC 4648, section 4. */
export function base64Of(bytes: Uint8Array): string {
  return btoa([...bytes].map((byte) => String.fromCharCode(byte)).join(''));
}

/** Bytes as text; what is no printable ASCII becomes a dot. Line ends stay. */
export function textOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => (byte === 10 || byte === 13 ? String.fromCharCode(byte) : printable(byte))).join('');
}

export function printable(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
}

/** What the core says in a few words, at the place of a sentence. */
export function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Milliseconds with as many digits as say something. */
export function duration({ number }: Language, milliseconds: number): string {
  return number(milliseconds, { maximumSignificantDigits: 2 });
}

export function hexAddress(at: number): string {
  return `0x${at.toString(16).padStart(6, '0')}`;
}

/** In KiB below a MiB, with as many digits as say something. */
export function memorySize({ number, ui }: Language, bytes: number): string {
  const mebi = 1024 * 1024;
  const [n, unit] = bytes < mebi ? [bytes / 1024, ui.units.kibibytes] : [bytes / mebi, ui.units.mebibytes];
  return unit(number(n, { maximumFractionDigits: n < 10 ? 1 : 0 }));
}
