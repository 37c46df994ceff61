import { describe, expect, it } from 'vitest';
import { imageWith } from '../../../test/made';
import { PAGE_SIZE } from '../memory';
import { findBytes, MOST_ADDRESSES } from './scan';

const text = new TextEncoder().encode('needle');
const image = imageWith(4 * PAGE_SIZE, [0, text], [PAGE_SIZE - 2, text], [4 * PAGE_SIZE - text.length, text]);

describe('bytes of the reader', () => {
  it('are found wherever they are, across pages too', () => {
    const { addresses, total } = findBytes({ party: 'client', image }, text);
    expect(addresses).toEqual([0, PAGE_SIZE - 2, 4 * PAGE_SIZE - text.length]);
    expect(total).toBe(3);
  });

  it('are found in this order only', () => {
    expect(findBytes({ party: 'client', image }, text.toReversed())).toEqual({
      party: 'client',
      addresses: [],
      total: 0,
    });
  });

  it('may be one byte, and overlap', () => {
    expect(findBytes({ party: 'server', image }, text.subarray(0, 1)).total).toBe(3);
    const twos = imageWith(PAGE_SIZE, [10, Uint8Array.of(2, 2, 2)]);
    expect(findBytes({ party: 'server', image: twos }, Uint8Array.of(2, 2)).addresses).toEqual([10, 11]);
  });

  it('may be zeros; of very many addresses the first are listed, and all are counted', () => {
    const { addresses, total } = findBytes({ party: 'server', image }, Uint8Array.of(0));
    expect(addresses).toHaveLength(MOST_ADDRESSES);
    expect(total).toBe(4 * PAGE_SIZE - 3 * text.length);
  });

  it('are not looked for in the stack', () => {
    const { addresses } = findBytes({ party: 'client', image: { ...image, stackTop: PAGE_SIZE } }, text);
    expect(addresses).toEqual([4 * PAGE_SIZE - text.length]);
  });

  it('have to be some', () => {
    expect(findBytes({ party: 'client', image }, new Uint8Array())).toEqual({
      party: 'client',
      addresses: [],
      total: 0,
    });
  });
});
