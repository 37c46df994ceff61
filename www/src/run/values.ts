/** The values of a run: where they were computed, what they are, when they came and went. Pure functions. */

import type {
  Check,
  Computation,
  Part,
  Party,
  Run,
  RunUnit,
  Step,
  TraceEvent,
  Value,
  ValueKind,
  ValueName,
} from './model';
import { perRun } from './per-run';

/** A value as one event of one unit shows it. */
export interface Sighting {
  readonly unit: number;
  readonly party: Party;
  readonly as: 'input' | 'output' | 'held';
  readonly value: Value;
}

/** A computation, with the unit that made it. */
export interface UnitComputation {
  readonly unit: RunUnit;
  readonly computation: Computation;
}

/** A check, with the unit that made it. */
export interface UnitCheck {
  readonly unit: RunUnit;
  readonly check: Check;
}

/** All values that events show, in the order of the run. */
export const sightings = perRun((run): readonly Sighting[] => sightingsIn(run.units));

/** All values that the events of these units show, in their order. */
export function sightingsIn(units: readonly RunUnit[]): readonly Sighting[] {
  return units.flatMap((unit) => unit.unit.events.flatMap((event) => inEvent(unit, event)));
}

function inEvent(unit: RunUnit, event: TraceEvent): Sighting[] {
  const sighting = (as: Sighting['as']) => (value: Value) => ({ unit: unit.index, party: unit.party, as, value });
  switch (event.type) {
    case 'computation':
      return [...event.inputs.map(sighting('input')), ...event.outputs.map(sighting('output'))];
    case 'held':
      return [sighting('held')(event.value)];
    default:
      return [];
  }
}

export interface ValueQuery {
  /** As this party knew it; any party's otherwise. */
  readonly party?: Party;
  /** As it was after this unit; at the end of the run otherwise. */
  readonly unit?: number;
}

/** The bytes of a value. Where the name stood for several values in turn (a nonce, a hash), the latest. */
export function findValue(run: Run, name: ValueName, query: ValueQuery = {}): Value | undefined {
  const { party, unit } = query;
  return sightings(run).findLast(
    (sighting) =>
      sighting.value.name === name &&
      (party === undefined || sighting.party === party) &&
      (unit === undefined || sighting.unit <= unit),
  )?.value;
}

/** The part that says all of a value: of a private key the whole of it, as PKCS #8. None where the bytes are not told. */
export function wholeOf({ parts }: Value): Part | undefined {
  return parts.find(({ name }) => name === 'pkcs8') ?? parts[0];
}

/** All names that appear in the run, with what each is good for, in order of appearance. */
export function valueKinds(run: Run): ReadonlyMap<ValueName, ValueKind> {
  return new Map(sightings(run).map(({ value }) => [value.name, value.kind]));
}

/** The units of a step, in their order. */
export function unitsOf(run: Run, step: Step): readonly RunUnit[] {
  return step.units.flatMap((index) => run.units[index] ?? []);
}

/** The index of the last unit that ran by the end of a step; -1 before any. */
export function lastUnit(step: Step): number {
  return step.units.at(-1) ?? -1;
}

export function computationsOf(run: Run, step: Step): readonly UnitComputation[] {
  return unitsOf(run, step).flatMap((unit) =>
    unit.unit.events.flatMap((event) => (event.type === 'computation' ? [{ unit, computation: event }] : [])),
  );
}

export function checksOf(run: Run, step: Step): readonly UnitCheck[] {
  return unitsOf(run, step).flatMap((unit) =>
    unit.unit.events.flatMap((event) => (event.type === 'check' ? [{ unit, check: event }] : [])),
  );
}

/** The values that a party keeps from this step on. */
export function appearedIn(run: Run, step: Step): readonly Sighting[] {
  const units = new Set(step.units);
  const keeps = ({ party, value }: Sighting): boolean => {
    const last = unitsOf(run, step).findLast((unit) => unit.party === party);
    return last?.holdings.some(({ name }) => name === value.name) ?? false;
  };
  return sightings(run).filter((sighting) => sighting.as === 'held' && units.has(sighting.unit) && keeps(sighting));
}

/** The values that a party overwrote in this step. */
export function erasedIn(run: Run, step: Step): readonly { readonly party: Party; readonly name: ValueName }[] {
  return unitsOf(run, step).flatMap((unit) =>
    unit.unit.events.flatMap((event) => (event.type === 'erased' ? [{ party: unit.party, name: event.name }] : [])),
  );
}

/** A value that is worth a row: everything but what a computation makes in passing. */
export interface Row {
  readonly name: ValueName;
  readonly kind: ValueKind;
  /** The different byte values that the name stood for; for a secret, one. */
  readonly values: readonly Value[];
  /** `false`: too short to search for. What is said of it is what the parties declare. */
  readonly searchable: boolean;
}

/** Shorter values are not searched for: their bytes would be found anywhere. */
export const SHORTEST = 12;

/** The value that the whole page is about. Every party has a row for it, held or not. */
export const THE_KEY: ValueName = 'server_private_key';

const KIND_ORDER: readonly ValueKind[] = [
  'private_key',
  'server_secret',
  'ephemeral_private_key',
  'shared_secret',
  'traffic_key',
  'seed',
  'plaintext',
  'public_key',
  'certificate',
];

/** What anybody may have: a party holds it wherever it has the bytes, as in a message that it received. */
const OPEN_KINDS: readonly ValueKind[] = ['public_key', 'certificate', 'public'];

export function isOpen(kind: ValueKind): boolean {
  return OPEN_KINDS.includes(kind);
}

/** Every value worth a row, by kind, and within a kind in the order in which they were made. */
export const rows = perRun((run): readonly Row[] => rowsOf(sightings(run).map(({ value }) => value)));

/** The rows of a run that showed these values. */
export function rowsOf(shown: readonly Value[]): readonly Row[] {
  const byName = new Map<ValueName, Map<string, Value>>();
  for (const value of shown) {
    if (!KIND_ORDER.includes(value.kind)) continue;
    const known = byName.get(value.name) ?? new Map<string, Value>();
    byName.set(value.name, known.set(value.parts.map(({ name, bytes }) => `${name}:${bytes.join()}`).join(';'), value));
  }
  const all = [...byName].flatMap(([name, distinct]) => {
    const values = [...distinct.values()];
    const kind = values[0]?.kind;
    return kind ? [{ name, kind, values, searchable: values.some(isSearchable) }] : [];
  });
  return all.toSorted((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind));
}

function isSearchable(value: Value): boolean {
  return value.parts.some((part) => part.bytes.length >= SHORTEST);
}
