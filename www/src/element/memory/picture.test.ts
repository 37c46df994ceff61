import { describe, expect, it } from 'vitest';
import type { MemoryImage } from '../../run/memory';
import { addressAt, cellAt, cellsOf, fullness, pictureOf, stripesOf } from './picture';

const image = (pages: readonly (Uint8Array | undefined)[]): MemoryImage => ({
  size: pages.length * 1024,
  stackTop: 2048,
  heapBase: 5000,
  pages,
});

const PAGES = [...Array<undefined>(3), new Uint8Array(1024).fill(1), ...Array<undefined>(8)];

describe('the picture of a memory', () => {
  const memory = image(PAGES);
  const picture = pictureOf(memory, 16, 40);

  const cellSize = (address: number) =>
    picture.regions.find(({ start, end }) => start <= address && address < end)?.bytesPerCell ?? 0;

  it('leaves the stack out, and begins the heap on a row of its own', () => {
    expect(picture.regions.map(({ is, start, end }) => ({ is, start, end }))).toEqual([
      { is: 'statics', start: 2048, end: 5000 },
      { is: 'heap', start: 5000, end: 12_288 },
    ]);
    expect(cellAt(picture, 1000)).toBeUndefined();
    expect(cellAt(picture, 2048)).toEqual({ column: 0, row: 0 });
    expect(cellAt(picture, 5000)).toEqual({ column: 0, row: picture.regions[1]?.top });
  });

  it('has no more rows than asked for', () => {
    expect(picture.rows).toBeLessThanOrEqual(40);
    expect(pictureOf(memory, 16, 12).rows).toBeLessThanOrEqual(12);
  });

  it('leads from a cell back to its address', () => {
    for (const address of [2048, 4000, 5000, 12_200]) {
      const cell = cellAt(picture, address);
      const first = cell && addressAt(picture, cell);
      expect(first).toBeLessThanOrEqual(address);
      expect(address - (first ?? 0)).toBeLessThan(cellSize(address));
    }
    expect(addressAt(picture, { column: 0, row: picture.regions[0]?.bottom ?? 0 })).toBeUndefined();
  });

  it('is full where there are bytes', () => {
    const cells = fullness(memory, picture);
    const addresses = cells.map(({ cell }) => addressAt(picture, cell) ?? 0);
    expect(Math.min(...addresses)).toBeGreaterThanOrEqual(3072 - cellSize(3072));
    expect(Math.max(...addresses)).toBeLessThan(4096);
  });

  it('covers all cells that a value touches', () => {
    const step = cellSize(2048);
    expect(cellsOf(picture, { start: 2048 + step - 1, end: 2048 + step + 1 })).toHaveLength(2);
    expect(cellsOf(picture, { start: 2048, end: 2049 })).toHaveLength(1);
    expect(stripesOf(picture, { start: 2048, end: 2048 + 20 * step })).toEqual([
      { row: 0, column: 0, width: 16 },
      { row: 1, column: 0, width: 4 },
    ]);
  });
});
