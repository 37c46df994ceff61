import { describe, expect, it } from 'vitest';
import { imageWith, noise } from '../../../test/made';
import { PAGE_SIZE, withSnapshot } from '../memory';
import { buffersOf, bytesOf, pack, unpack } from './pack';

const first = imageWith(4 * PAGE_SIZE, [0, noise(PAGE_SIZE, 1)], [2 * PAGE_SIZE, noise(PAGE_SIZE, 2)]);
const second = withSnapshot(first, {
  ...first,
  size: 5 * PAGE_SIZE,
  changed: Uint32Array.of(4),
  bytes: noise(PAGE_SIZE, 3),
});

describe('images that are packed', () => {
  it('are the same when they are unpacked', () => {
    expect(unpack(structuredClone(pack([first, second, first])))).toEqual([first, second, first]);
  });

  it('have each page once, and share it again afterwards', () => {
    const packed = pack([first, second]);
    expect(packed.pages).toHaveLength(3 * PAGE_SIZE);
    const [one, two] = unpack(packed);
    expect(one?.pages[0]).toBe(two?.pages[0]);
  });

  it('are packed once where they are the same', () => {
    const packed = pack([first, first, second]);
    expect(packed.images).toHaveLength(2);
    const [one, same] = unpack(packed);
    expect(one).toBe(same);
  });

  it('can change hands', () => {
    const packed = pack([first, second, first]);
    const moved = structuredClone(packed, { transfer: buffersOf(packed) });
    expect(packed.pages).toHaveLength(0);
    expect(unpack(moved)).toEqual([first, second, first]);
  });

  it('take as much room as their different pages', () => {
    expect(bytesOf([first, second, first])).toBe(3 * PAGE_SIZE);
  });
});
