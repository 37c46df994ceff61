import { describe, expect, it } from 'vitest';
import {
  bytesAt,
  bytesInUse,
  extents,
  type MemoryImage,
  PAGE_SIZE,
  type Snapshot,
  wholeMemory,
  withSnapshot,
} from './memory';

const STACK = 2 * PAGE_SIZE;

/** A snapshot of whole pages, each filled with one byte. */
function snapshot(pages: Readonly<Record<number, number>>, size = 16 * PAGE_SIZE): Snapshot {
  const numbers = Object.keys(pages).map(Number);
  const bytes = new Uint8Array(numbers.length * PAGE_SIZE);
  numbers.forEach((page, index) => {
    bytes.fill(pages[page] ?? 0, index * PAGE_SIZE, (index + 1) * PAGE_SIZE);
  });
  return { size, stackTop: STACK, heapBase: STACK + PAGE_SIZE, changed: Uint32Array.from(numbers), bytes };
}

function image(pages: Readonly<Record<number, number>>, size?: number): MemoryImage {
  return withSnapshot(undefined, snapshot(pages, size));
}

describe('an image', () => {
  it('is what the snapshots add up to', () => {
    const after = withSnapshot(image({ 3: 1, 5: 2 }), snapshot({ 5: 9, 7: 4 }));
    expect(after.pages).toHaveLength(16);
    expect(after.pages.map((page) => page?.[0] ?? 0)).toEqual([0, 0, 0, 1, 0, 9, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(after).toMatchObject({ size: 16 * PAGE_SIZE, stackTop: STACK, heapBase: STACK + PAGE_SIZE });
  });

  it('shares the pages that did not change, and leaves the former as it was', () => {
    const before = image({ 3: 1, 5: 2 });
    const after = withSnapshot(before, snapshot({ 5: 9 }));
    expect(after.pages[3]).toBe(before.pages[3]);
    expect(before.pages[5]?.[0]).toBe(2);
  });

  it('is the same where nothing changed', () => {
    const before = image({ 3: 1 });
    expect(withSnapshot(before, snapshot({}))).toBe(before);
    expect(withSnapshot(before, snapshot({}, 17 * PAGE_SIZE)).pages).toHaveLength(17);
  });

  it('keeps nothing else of the buffer that a snapshot came in', () => {
    const page = image({ 3: 1, 5: 2 }).pages[5];
    expect(page?.buffer.byteLength).toBe(PAGE_SIZE);
  });

  it('has nothing where a page became empty', () => {
    const after = withSnapshot(image({ 3: 1 }), snapshot({ 3: 0 }));
    expect(after.pages[3]).toBeUndefined();
    expect(bytesInUse(after)).toBe(0);
  });

  it('grows', () => {
    const after = withSnapshot(image({ 3: 1 }), snapshot({ 17: 8 }, 18 * PAGE_SIZE));
    expect(after.pages).toHaveLength(18);
    expect(wholeMemory(after)).toHaveLength(18 * PAGE_SIZE);
    expect(wholeMemory(after).at(-1)).toBe(8);
    expect(bytesInUse(after)).toBe(2 * PAGE_SIZE);
  });
});

describe('bytes of an image', () => {
  const memory = image({ 3: 1, 4: 2, 6: 3 });

  it('are read across pages, empty ones too', () => {
    expect([...bytesAt(memory, 4 * PAGE_SIZE - 1, 4 * PAGE_SIZE + 1)]).toEqual([1, 2]);
    const across = bytesAt(memory, 5 * PAGE_SIZE - 1, 6 * PAGE_SIZE + 1);
    expect(across).toHaveLength(PAGE_SIZE + 2);
    expect([across[0], across[1], across[PAGE_SIZE], across[PAGE_SIZE + 1]]).toEqual([2, 0, 0, 3]);
  });

  it('end where the memory ends', () => {
    expect(bytesAt(memory, memory.size - 2, memory.size + 2)).toHaveLength(2);
    expect(bytesAt(memory, memory.size, memory.size + 2)).toHaveLength(0);
    expect(bytesAt(memory, -2, 2)).toHaveLength(2);
  });

  it('are a copy', () => {
    bytesAt(memory, 3 * PAGE_SIZE, 4 * PAGE_SIZE).fill(0xff);
    expect(memory.pages[3]?.[0]).toBe(1);
  });
});

describe('extents', () => {
  it('are runs of pages that are not empty, with a margin', () => {
    const found = extents(image({ 3: 1, 4: 2, 10: 3 }), 1);
    expect(found.map(({ base, bytes }) => [base / PAGE_SIZE, bytes.length / PAGE_SIZE])).toEqual([
      [2, 4],
      [9, 3],
    ]);
    expect(found[0]?.bytes[PAGE_SIZE]).toBe(1);
  });

  it('are one where their margins meet', () => {
    const found = extents(image({ 3: 1, 6: 2 }), 1);
    expect(found.map(({ base, bytes }) => [base / PAGE_SIZE, bytes.length / PAGE_SIZE])).toEqual([[2, 6]]);
  });

  it('do not reach beyond the memory', () => {
    const found = extents(image({ 0: 1, 15: 2 }), 3 * PAGE_SIZE);
    expect(found.map(({ base, bytes }) => [base / PAGE_SIZE, bytes.length / PAGE_SIZE])).toEqual([
      [0, 4],
      [12, 4],
    ]);
  });

  it('of nothing are none', () => {
    expect(extents(image({}))).toEqual([]);
  });
});
