/** Where values rest, as the page says it: which part stands for a value, addresses and sizes in words. Pure functions. */

import type { Row } from '../run/glass';
import type { Copy, Value } from '../run/model';

export function hexAddress(at: number): string {
  return `0x${at.toString(16).padStart(6, '0')}`;
}

/** In KiB below a MiB, with as many digits as say something. */
export function memorySize(bytes: number): string {
  const mebi = 1024 * 1024;
  const [n, unit] = bytes < mebi ? [bytes / 1024, 'KiB'] : [bytes / mebi, 'MiB'];
  return `${n.toLocaleString('en', { maximumFractionDigits: n < 10 ? 1 : 0 })} ${unit}`;
}

/** The part that stands for a value: the number itself before its encoding. */
function mainPart(parts: Value['parts']): Value['parts'][number] | undefined {
  return parts.find((part) => part.name !== 'pkcs8') ?? parts[0];
}

/** The copies of a value's main part: one address a copy. Where only other parts were found, those. */
export function mainCopies(row: Row, copies: readonly Copy[]): readonly Copy[] {
  const names = new Set(row.values.map((value) => mainPart(value.parts)?.name));
  const main = copies.filter((copy) => names.has(copy.part));
  const shown = main.length > 0 ? main : copies;
  return shown.toSorted((a, b) => a.at - b.at);
}
