/** Who has a value in a step: by the searches of the memories; of what is not searched for, by what crossed the wire. Pure functions. */

import { isOwn } from '../assemble';
import { bufferAt, findField } from '../bytes';
import { contains } from '../compare';
import type { Party, Run, Step, Value } from '../model';
import { PARTIES } from '../model';
import { isHeldAt, looksOf } from '../possession/findings';
import { type Row, rows, sightings, unitsOf } from '../values';
import { wireSoFar } from '../wire';
import type { Holders, Ingredient } from './model';

export function ingredient(run: Run, step: Step, value: Value): Ingredient {
  return { value, holders: holdersOf(run, step, value) };
}

/** At the step's beginning, or by its end: what a step uses up counts as held, and so does what it makes. */
export function holdersOf(run: Run, step: Step, value: Value): Holders {
  const row = rows(run).find(({ name }) => name === value.name);
  const has = PARTIES.filter((party) => (row ? isFound(run, step, party, row) : isKnown(run, step, party, value)));
  // The authority has no part in a connection: it is named only where it has something.
  const lacks = PARTIES.filter((party) => party !== 'authority' && !has.includes(party));
  return { has, lacks };
}

function isFound(run: Run, step: Step, party: Party, row: Row): boolean {
  const first = step.units[0] ?? 0;
  const last = step.units.at(-1) ?? 0;
  const looks = looksOf(run, party);
  const before = looks.findLast(({ unit }) => unit < first);
  const during = looks.filter(({ unit }) => unit >= first && unit <= last);
  return [...(before ? [before] : []), ...during].some((look) => isHeldAt(run, look, row));
}

/** Whoever showed it by then; and whoever has all records has what crossed the wire in the clear. */
function isKnown(run: Run, step: Step, party: Party, value: Value): boolean {
  if (party === 'authority') return false;
  const last = step.units.at(-1) ?? -1;
  const shown = sightings(run).some(
    (sighting) => sighting.party === party && sighting.unit <= last && sighting.value.name === value.name,
  );
  return shown || isOnTheWire(run, step, value);
}

/** Whether these bytes stand in what was sent in the clear by then, one handshake message after the other. */
export function isOnTheWire(run: Run, step: Step, { parts: [part] }: Value): boolean {
  if (!part) return false;
  const earlier = unitsOf(run, step).every(({ scope }) => scope === 'earlier');
  const clear = wireSoFar(run, step)
    .filter((record) => record.protection !== 'app' && isOwn(record) !== earlier)
    .filter(({ contentType }) => contentType === 'handshake')
    .map(({ sent }) => bufferAt(run, sent))
    .flatMap((buffer) => {
      const fragment = buffer && findField(buffer.fields, 'fragment');
      return fragment ? [...buffer.bytes.subarray(fragment.start, fragment.end)] : [];
    });
  return contains(Uint8Array.from(clear), part.bytes);
}
