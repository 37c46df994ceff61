/** The values that can be chosen to be found: every row of the run, each part of it. Pure functions. */

import { words } from '../../content';
import { rows } from '../../run/glass';
import type { Run, ValueName } from '../../run/model';
import { THE_KEY } from '../../run/possession';

const { values, glass } = words;

export interface Choice {
  readonly id: string;
  readonly name: ValueName;
  readonly label: string;
  readonly bytes: Uint8Array;
}

export function choicesOf(run: Run): readonly Choice[] {
  const all = rows(run).flatMap((row) =>
    row.values.flatMap((value, index) =>
      value.parts.map((part) => ({
        id: `${row.name}/${index}/${part.name}`,
        name: row.name,
        label: glass.memory.part(values[row.name].label, part.name),
        bytes: part.bytes,
      })),
    ),
  );
  return [...all.filter((choice) => choice.name === THE_KEY), ...all.filter((choice) => choice.name !== THE_KEY)];
}
