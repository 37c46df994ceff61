import { describe, expect, it } from 'vitest';
import type { ClaimTest } from '../../run/model';
import { conclusions } from './conclusions';

const test = (privateKey: boolean, dataKey: boolean, reads: boolean): ClaimTest => ({
  privateKey,
  dataKey,
  reading: { links: [], function: '', plaintext: reads ? new Uint8Array() : undefined },
});

/** Whether the reply opens with nothing, with the private key, with the data key, with both. */
const claim = (nothing: boolean, key: boolean, data: boolean, both: boolean) => [
  test(false, false, nothing),
  test(true, false, key),
  test(false, true, data),
  test(true, true, both),
];

describe('what the four outcomes say', () => {
  it('the private key suffices where it opened the reply', () => {
    expect(conclusions(claim(false, true, true, true))).toContain('key alone');
  });

  it('the private key opens nothing where it did not', () => {
    expect(conclusions(claim(false, false, true, true))).toContain('key opens nothing');
  });

  it.each([claim(true, true, true, true), claim(false, false, false, true), claim(false, true, true, false), []])(
    'nothing where they contradict each other',
    (...tests) => {
      expect(conclusions(tests)).toEqual(['unexpected']);
    },
  );
});
