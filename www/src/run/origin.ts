/** Where a value comes from, and who has it: from the run's events and the searches. Pure functions. */

import type { Party, Run, Step, ValueName } from './model';
import { PARTIES } from './model';
import { isHeld, possession } from './possession/possession';
import { type Row, rows, sightings } from './values';

export interface Origin {
  readonly step: Step;
  /** Who made it there; of what both sides compute, both. */
  readonly by: readonly Party[];
}

/** The step in which a value was there for the first time, and who had it then. */
export function originOf(run: Run, name: ValueName): Origin | undefined {
  const made = sightings(run).filter(({ as, value }) => value.name === name && as !== 'input');
  const step = stepOf(run, made[0]?.unit);
  if (!step) return undefined;
  const makers = made.filter(({ unit }) => step.units.includes(unit)).map(({ party }) => party);
  return { step, by: PARTIES.filter((party) => makers.includes(party)) };
}

function stepOf(run: Run, unit: number | undefined): Step | undefined {
  return unit === undefined ? undefined : run.steps.find(({ units }) => units.includes(unit));
}

/** Who has a value at the end of a step. */
export interface Ownership {
  readonly parties: readonly Party[];
  /** Of what is too short to search for there is only what the parties declare. */
  readonly searched: boolean;
}

export function ownersAt(run: Run, step: Step, name: ValueName): Ownership {
  const row: Row | undefined = rows(run).find((each) => each.name === name);
  const parties = PARTIES.filter((party) => isHeld(possession(run, step, party, name)));
  return { parties, searched: row?.searchable ?? false };
}
