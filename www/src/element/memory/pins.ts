/** Where the pins of a picture stand: one for values of a kind that lie side by side, none upon another. Pure functions. */

import type { ValueKind } from '../../run/model';
import type { Mark } from './marks';
import { cellAt, type Picture } from './picture';

export interface Pin {
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
    pins.push({ kind: mark.kind, column, row: cell.row });
  }
  return pins;
}
