import { describe, expect, it } from 'vitest';
import { readNeedle } from './needles';

describe('what the reader types', () => {
  it.each(['4b19e0', '4b 19 e0', '4B:19:E0', '0x4b 0x19 0xe0', ' 4b19 e0\n'])('is hexadecimal: %s', (typed) => {
    expect(readNeedle(typed)).toEqual({ notation: 'hex', bytes: Uint8Array.of(0x4b, 0x19, 0xe0) });
  });

  it.each(['GET /account', '4b1', '4b 1', 'xyz', 'é'])('is text, in UTF-8: %s', (typed) => {
    expect(readNeedle(typed)).toEqual({ notation: 'text', bytes: new TextEncoder().encode(typed) });
  });

  it('is read as it is asked to be', () => {
    expect(readNeedle('cafe', 'text').bytes).toEqual(new TextEncoder().encode('cafe'));
    expect(readNeedle('cafe', 'hex').bytes).toEqual(Uint8Array.of(0xca, 0xfe));
    expect(readNeedle('GET', 'hex').bytes).toBeUndefined();
  });

  it('may be nothing', () => {
    expect(readNeedle('').bytes).toHaveLength(0);
  });
});
