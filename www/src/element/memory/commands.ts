/** Commands that search a downloaded memory with other people's tools. Pure functions. */

import { hexByte } from '../format';

/** How many copies: hexadecimal on one line, and as many lines as matches. */
export function countCommand(file: string, needle: Uint8Array): string {
  return `xxd -p ${file} | tr -d '\\n' | grep -o ${digits(needle)} | wc -l`;
}

/** At which addresses. */
export function addressCommand(file: string, needle: Uint8Array): string {
  const python = [
    'import re',
    `n = bytes.fromhex('${digits(needle)}')`,
    `print([hex(m.start()) for m in re.finditer(re.escape(n), open('${file}', 'rb').read())])`,
  ].join('; ');
  return `python3 -c "${python}"`;
}

export function digits(bytes: Uint8Array): string {
  return [...bytes].map(hexByte).join('');
}
