/**
 * A memory as a picture: rows of cells, static data above, heap beneath; the stretches that hold values of the run, and the
 * pins that point to them. Pure functions; the stack is no part of it.
 */

import { bytesAt, type MemoryImage } from '../../run/memory';
import type { Copy, Look, Run, ValueKind, ValueName } from '../../run/model';
import { foundIn } from '../../run/possession/findings';
import { type Row, rows } from '../../run/values';

/** A stretch of memory that is known to hold something. */
export interface Mark {
  readonly name: ValueName;
  readonly kind: ValueKind;
  readonly part: string;
  readonly start: number;
  readonly end: number;
  readonly reversed: boolean;
}

/** All that a search found, in the order of the addresses; of stretches with one beginning, the longest first. */
export function marksOf(run: Run, look: Look): readonly Mark[] {
  const marks = rows(run).flatMap((row) => (foundIn(look, row.name)?.copies ?? []).map((copy) => mark(row, copy)));
  return marks.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

function mark({ name, kind }: Row, { part, at, length, reversed }: Copy): Mark {
  return { name, kind, part, start: at, end: at + length, reversed };
}

/** The innermost mark at an address: a key within a longer secret is named, not the whole around it. */
export function markAt(marks: readonly Mark[], at: number): Mark | undefined {
  let best: Mark | undefined;
  for (const each of marks) {
    if (each.start <= at && at < each.end && (!best || each.end - each.start < best.end - best.start)) best = each;
  }
  return best;
}

/** A part of the memory with its rows of the picture. */
export interface Region {
  readonly is: 'statics' | 'heap';
  readonly start: number;
  readonly end: number;
  readonly bytesPerCell: number;
  /** The first row, and the first one behind it. */
  readonly top: number;
  readonly bottom: number;
}

export interface Picture {
  readonly columns: number;
  readonly rows: number;
  readonly regions: readonly Region[];
}

/** Empty rows between static data and heap. */
const GAP = 2;
const SMALLEST_CELL = 8;
/** Static data is the same at every step: it gets the smaller part of the picture. */
const SHARE_OF_STATICS = 0.25;

/** The finest picture that has at most so many rows; static data is drawn coarser than the heap. */
export function pictureOf(image: MemoryImage, columns: number, mostRows: number): Picture {
  const forStatics = Math.max(1, Math.floor(mostRows * SHARE_OF_STATICS));
  const statics = regionOf('statics', image.stackTop, image.heapBase, 0, columns, forStatics);
  const top = statics.bottom + GAP;
  const heap = regionOf('heap', image.heapBase, image.size, top, columns, Math.max(1, mostRows - top));
  return { columns, rows: heap.bottom, regions: [statics, heap] };
}

function regionOf(is: Region['is'], start: number, end: number, top: number, columns: number, most: number): Region {
  let bytesPerCell = SMALLEST_CELL;
  const rows = () => Math.max(1, Math.ceil((end - start) / (columns * bytesPerCell)));
  while (rows() > most) bytesPerCell *= 2;
  return { is, start, end, bytesPerCell, top, bottom: top + rows() };
}

/** How full a cell is, from 0 to 1: the share of its bytes that are not zero. */
export function fullness(
  image: MemoryImage,
  picture: Picture,
): readonly { readonly cell: Cell; readonly full: number }[] {
  const cells: { cell: Cell; full: number }[] = [];
  for (const { start, end, top, bytesPerCell } of picture.regions) {
    const all = bytesAt(image, start, end);
    for (let from = 0, index = 0; from < all.length; from += bytesPerCell, index++) {
      const bytes = all.subarray(from, from + bytesPerCell);
      let used = 0;
      for (const byte of bytes) if (byte !== 0) used++;
      if (used === 0) continue;
      const cell = { column: index % picture.columns, row: top + Math.floor(index / picture.columns) };
      cells.push({ cell, full: used / bytes.length });
    }
  }
  return cells;
}

export interface Cell {
  readonly column: number;
  readonly row: number;
}

export function cellAt(picture: Picture, address: number): Cell | undefined {
  const region = picture.regions.find(({ start, end }) => start <= address && address < end);
  if (!region) return undefined;
  const index = Math.floor((address - region.start) / region.bytesPerCell);
  return { column: index % picture.columns, row: region.top + Math.floor(index / picture.columns) };
}

/** The address of a cell's first byte. */
export function addressAt(picture: Picture, { column, row }: Cell): number | undefined {
  const region = picture.regions.find(({ top, bottom }) => top <= row && row < bottom);
  if (!region) return undefined;
  const address = region.start + ((row - region.top) * picture.columns + column) * region.bytesPerCell;
  return address < region.end ? address : undefined;
}

/** The cells that a mark covers, wholly or in part. */
export function cellsOf(picture: Picture, { start, end }: Pick<Mark, 'start' | 'end'>): readonly Cell[] {
  const cells: Cell[] = [];
  for (const region of picture.regions) {
    const step = region.bytesPerCell;
    const from = Math.max(start, region.start);
    const until = Math.min(end, region.end);
    const first = from - ((from - region.start) % step);
    for (let at = first; at < until; at += step) {
      const cell = cellAt(picture, at);
      if (cell) cells.push(cell);
    }
  }
  return cells;
}

/** A run of cells in one row. */
export interface Stripe {
  readonly row: number;
  readonly column: number;
  readonly width: number;
}

/** The same cells, those side by side together. */
export function stripesOf(picture: Picture, mark: Pick<Mark, 'start' | 'end'>): readonly Stripe[] {
  const stripes: { row: number; column: number; width: number }[] = [];
  for (const { column, row } of cellsOf(picture, mark)) {
    const last = stripes.at(-1);
    if (last && last.row === row && last.column + last.width === column) last.width++;
    else stripes.push({ row, column, width: 1 });
  }
  return stripes;
}

export interface Pin {
  readonly name: ValueName;
  readonly kind: ValueKind;
  readonly column: number;
  readonly row: number;
}

/** A pin's size, as a share of the picture's columns, and in rows. */
const WIDTH = 1 / 30;
const HEIGHT = 4;

export function pinsOf(picture: Picture, marks: readonly Mark[]): readonly Pin[] {
  const width = picture.columns * WIDTH;
  const pins: Pin[] = [];
  const near = (pin: Pin, column: number, row: number) =>
    Math.abs(pin.column - column) < width && Math.abs(pin.row - row) < HEIGHT;
  for (const mark of marks) {
    const cell = cellAt(picture, mark.start);
    if (!cell || pins.some((pin) => pin.kind === mark.kind && near(pin, cell.column, cell.row))) continue;
    // Not beyond the edges.
    let column = Math.min(Math.max(cell.column, width / 2), picture.columns - width / 2);
    while (pins.some((pin) => near(pin, column, cell.row)) && column + width < picture.columns) column += width;
    pins.push({ name: mark.name, kind: mark.kind, column, row: cell.row });
  }
  return pins;
}
