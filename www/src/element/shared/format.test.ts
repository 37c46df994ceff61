import { describe, expect, it } from 'vitest';
import { english } from '../../content/languages';
import { mainCopies } from '../../run/possession/findings';
import type { Row } from '../../run/values';
import { base64Of, digitsOf, hexAddress, memorySize } from './format';

const part = (name: string, length: number) => ({ name, bytes: new Uint8Array(length) });
const row: Row = {
  name: 'server_private_key',
  kind: 'private_key',
  searchable: true,
  values: [
    { name: 'server_private_key', kind: 'private_key', parts: [part('d', 256), part('p', 128), part('pkcs8', 1200)] },
  ],
};
const copy = (name: string, at: number) => ({ part: name, at, length: 16, reversed: false });

describe('where a value rests', () => {
  it('is where its number is, not its encoding', () => {
    expect(mainCopies(row, [copy('pkcs8', 90), copy('d', 100), copy('p', 400)])).toEqual([copy('d', 100)]);
  });

  it('is where any part of it is, if the number is not there', () => {
    expect(mainCopies(row, [copy('p', 400), copy('p', 200)]).map(({ at }) => at)).toEqual([200, 400]);
    expect(mainCopies(row, [])).toEqual([]);
  });

  it.each([
    [61 * 1024, '61 KiB'],
    [1_441_792, '1.4 MiB'],
    [1024 * 1024, '1 MiB'],
    [1536, '1.5 KiB'],
  ])('%i bytes are %s', (bytes, text) => {
    expect(memorySize(english, bytes)).toBe(text);
  });

  it('bytes are digits for programs, and Base64 with its padding', () => {
    expect(digitsOf(Uint8Array.of(0, 10, 255))).toBe('000aff');
    // RFC 4648, section 10, and the two characters that are neither letters nor digits.
    expect(base64Of(new TextEncoder().encode('foob'))).toBe('Zm9vYg==');
    expect(base64Of(Uint8Array.of(0xfb, 0xff))).toBe('+/8=');
  });

  it('addresses have six digits', () => {
    expect(hexAddress(0x1208a0)).toBe('0x1208a0');
    expect(hexAddress(16)).toBe('0x000010');
  });
});
