// What the card of a value says, which opens from its chip.

import type { Party } from '../../../run/model';
import { list, the } from '../names';

const both = (parties: readonly Party[]): string => list(parties.map(the));

export const cards = {
  /** Who holds it at the step on display. */
  found: (parties: readonly Party[]) =>
    parties.length === 0
      ? 'At this step the search finds it in no memory.'
      : `At this step the search finds it in the memory of ${both(parties)}.`,
  declared: (parties: readonly Party[]) =>
    parties.length === 0
      ? 'At this step nobody declares to hold it. It is too short to search for.'
      : `At this step it is held by ${both(parties)}, as declared: it is too short to search for.`,
  origin: (parties: readonly Party[], step: string) => `Made by ${both(parties)}: ${step}.`,
  go: 'Go there',
  goLabel: (step: string) => `Go to ${step}`,
  here: 'This is that step.',
  find: 'Find it in memory',
  findLabel: (value: string) => `Find it in memory: ${value}`,
  close: 'Close',
} as const;
