/**
 * Who holds what at a step: from what the parties declare after each unit, and from what the searches of their memories
 * found. Pure functions, as good backwards as forwards.
 */

import type { Copy, Look, Party, Run, Step, ValueKind, ValueName } from '../model';
import { computationsOf, lastUnit, type Row, rows, sightings, THE_KEY } from '../values';
import {
  type Disagreement,
  declaredAfter,
  disagreementsAt,
  foundIn,
  isHeldAt,
  lookAt,
  looksBefore,
  looksOf,
} from './findings';

export type PossessionState =
  /** Found in none of the searches of the party's memory, and declared in no unit of the run. */
  | { readonly is: 'never' }
  | { readonly is: 'not yet' }
  /** It came in this step. */
  | { readonly is: 'new' }
  | { readonly is: 'held' }
  /** Held, and an input of a computation that the party makes in this step. */
  | { readonly is: 'used now' }
  /** Overwritten in the given step; `now` if that is the step asked about. */
  | { readonly is: 'erased'; readonly step: Step; readonly now: boolean };

/** Whether the party has it at the end of the step. */
export function isHeld({ is }: PossessionState): boolean {
  return is === 'held' || is === 'new' || is === 'used now';
}

export interface Possession {
  readonly party: Party;
  readonly name: ValueName;
  readonly kind: ValueKind;
  readonly state: PossessionState;
  /** Where it rests in the party's memory at the end of the step. */
  readonly copies: readonly Copy[];
  /** Whether anybody had made the value by then. */
  readonly made: boolean;
  /** Where the party's declaration and its memory say different things in this step. */
  readonly disagreement: Disagreement | undefined;
}

/** What a party holds of a value at a step. */
export function possession(run: Run, step: Step, party: Party, name: ValueName): PossessionState {
  const row = rowOf(run, name);
  if (!row) return { is: 'never' };
  if (!isEverHeld(run, party, row)) return { is: 'never' };
  const looks = looksBefore(run, step, party);
  const lastHeld = looks.findLastIndex((look) => isHeldAt(run, look, row));
  if (lastHeld < 0) return { is: 'not yet' };
  const erasing = looks[lastHeld + 1];
  if (erasing) {
    const erasedIn = stepOfUnit(run, erasing.unit) ?? step;
    return { is: 'erased', step: erasedIn, now: erasedIn.index === step.index };
  }
  const lastWithout = looks.findLastIndex((look) => !isHeldAt(run, look, row));
  if (step.units.includes(looks[lastWithout + 1]?.unit ?? -1)) return { is: 'new' };
  return uses(run, step, party, name) ? { is: 'used now' } : { is: 'held' };
}

/** Everything about one value and one party at a step. */
export function possessionOf(run: Run, step: Step, party: Party, name: ValueName, kind: ValueKind): Possession {
  return {
    party,
    name,
    kind,
    state: possession(run, step, party, name),
    copies: foundIn(lookAt(run, step, party), name)?.copies ?? [],
    made: isMade(run, step, name),
    disagreement: disagreementsAt(run, step).find((it) => it.party === party && it.name === name),
  };
}

/** Every value that protects something or proves something, and that the party holds at any time; and {@link THE_KEY}. */
export function possessions(run: Run, step: Step, party: Party): readonly Possession[] {
  const held = rows(run).filter((row) => row.name === THE_KEY || isEverHeld(run, party, row));
  const all = held.map(({ name, kind }) => possessionOf(run, step, party, name, kind));
  if (all.some(({ name }) => name === THE_KEY)) return all;
  return [possessionOf(run, step, party, THE_KEY, 'private_key'), ...all];
}

/** Whether a party declares to hold a value after a unit. */
export function holdsAfter(run: Run, unit: number, party: Party, name: ValueName): boolean {
  return declaredAfter(run, unit, party).has(name);
}

function rowOf(run: Run, name: ValueName): Row | undefined {
  return rows(run).find((row) => row.name === name);
}

function isEverHeld(run: Run, party: Party, row: Row): boolean {
  return looksOf(run, party).some((look) => isHeldAt(run, look, row)) || isEverDeclared(run, party, row.name);
}

function isEverDeclared(run: Run, party: Party, name: ValueName): boolean {
  return run.units.some((unit) => unit.party === party && unit.holdings.some((holding) => holding.name === name));
}

function isMade(run: Run, step: Step, name: ValueName): boolean {
  const last = lastUnit(step);
  return sightings(run).some(({ value, unit, as }) => value.name === name && unit <= last && as !== 'input');
}

function stepOfUnit(run: Run, unit: Look['unit']): Step | undefined {
  return run.steps.find((candidate) => candidate.units.includes(unit));
}

function uses(run: Run, step: Step, party: Party, name: ValueName): boolean {
  return computationsOf(run, step).some(
    ({ unit, computation }) => unit.party === party && computation.inputs.some((input) => input.name === name),
  );
}
