/** Pictures of computations: a key is used, two halves combine, keys are derived, messages are confirmed. Pure functions. */

import { contains, sameBytes, sameValue } from '../compare';
import type { Computation, Party, Run, Step, Value, ValueKind, ValueName } from '../model';
import { computationsOf, sightings, type UnitComputation } from '../values';
import { holdersOf, ingredient } from './holders';
import type { Agreement, Confirmation, Derivation, Operation, Operations, Stage } from './model';

/** What a picture leaves out of a computation: labels, nonces, what is only there for the record's format. The formula has them. */
export const LEFT_TO_FORMULA: readonly ValueName[] = [
  'label',
  'nonce',
  'iv',
  'additional_data',
  'mac',
  'client_write_iv',
  'server_write_iv',
  'client_write_mac_key',
  'server_write_mac_key',
];

/** What only its owner is meant to have, or both sides of a connection. */
const KEYS: readonly ValueKind[] = ['private_key', 'server_secret', 'traffic_key'];
const SECRETS: readonly ValueKind[] = ['shared_secret', 'ephemeral_private_key'];

/** Operations with a key by whose step it is; where it uses several keys, with the last. */
export function operations(run: Run, step: Step): Operations | undefined {
  const found = computationsOf(run, step).flatMap((each) => operation(run, step, each) ?? []);
  const own = step.lane === 'both' ? found : found.filter(({ by }) => by === step.lane);
  const last = own.at(-1);
  if (!last) return undefined;
  return { is: 'operations', all: own.filter(({ key }) => sameValue(key, last.key)) };
}

function operation(run: Run, step: Step, { unit, computation }: UnitComputation): Operation | undefined {
  const inputs = computation.inputs.filter(({ name }) => !LEFT_TO_FORMULA.includes(name));
  const [result] = computation.outputs.filter(({ name }) => !LEFT_TO_FORMULA.includes(name));
  const key = keyAmong(inputs);
  const given = inputs.find((input) => input !== key);
  if (!key || !given || !result || inputs.length > 2) return undefined;
  return {
    by: unit.party,
    function: computation.function,
    given: named(run, unit.party, given),
    key,
    keyHolders: holdersOf(run, step, key),
    result: named(run, unit.party, result),
    computed: result,
    sameAs: otherWith(run, unit.party, unit.index, result),
  };
}

/** A public key is used as a key where a secret goes in; elsewhere it is what is looked at. */
function keyAmong(inputs: readonly Value[]): Value | undefined {
  const key = inputs.find(({ kind }) => KEYS.includes(kind));
  if (key || !inputs.some(({ kind }) => SECRETS.includes(kind))) return key;
  return inputs.find(({ kind }) => kind === 'public_key');
}

/** The content of a record is called by what it is, where the record has nothing else but what its format adds. */
function named(run: Run, party: Party, value: Value): Value {
  const [part] = value.parts;
  if (value.name !== 'plaintext' || !part) return value;
  const content = sightings(run).find(
    (sighting) =>
      sighting.party === party &&
      sighting.value.kind === 'plaintext' &&
      sighting.value.parts.some(({ bytes }) => contains(part.bytes, bytes)),
  );
  return content?.value ?? value;
}

/** Another party that had the same bytes under the same name before. */
function otherWith(run: Run, party: Party, unit: number, value: Value): Party | undefined {
  return sightings(run).find(
    (sighting) => sighting.party !== party && sighting.unit < unit && sameValue(sighting.value, value),
  )?.party;
}

export function agreement(run: Run, step: Step): Agreement | undefined {
  const sides = computationsOf(run, step).flatMap(({ unit, computation }) => {
    const own = computation.inputs.find(({ kind }) => kind === 'ephemeral_private_key');
    const other = computation.inputs.find(({ kind }) => kind === 'public_key');
    const result = computation.outputs.find(({ kind }) => kind === 'shared_secret');
    return own && other && result ? [{ party: unit.party, function: computation.function, own, other, result }] : [];
  });
  const [first] = sides;
  if (!first) return undefined;
  return {
    is: 'agreement',
    sides,
    same: sides.length > 1 && sides.every(({ result }) => sameValue(result, first.result)),
    holders: holdersOf(run, step, first.result),
  };
}

export function derivation(run: Run, step: Step): Derivation | undefined {
  const all = computationsOf(run, step);
  const isLast = ({ outputs }: Computation) => outputs.some(({ kind }) => kind === 'traffic_key');
  const last = all.find(({ computation }) => isLast(computation));
  if (!last) return undefined;
  const { party } = last.unit;
  const own = all.filter(({ unit }) => unit.party === party).map(({ computation }) => computation);
  const stages = own
    .filter(({ inputs }) => inputs.some(({ kind }) => kind === 'shared_secret'))
    .map((computation): Stage => stage(run, step, own, computation));
  const key = last.computation.outputs.find(({ name }) => !LEFT_TO_FORMULA.includes(name));
  if (!key) return undefined;
  return {
    is: 'derivation',
    stages,
    by: all
      .filter(({ computation }) => isLast(computation) && sameOutputs(computation, last.computation))
      .map(({ unit }) => unit.party),
    holders: holdersOf(run, step, key),
  };
}

function stage(run: Run, step: Step, own: readonly Computation[], computation: Computation): Stage {
  return {
    function: computation.function,
    given: leaves(own, computation).map((value) => ingredient(run, step, value)),
    results: computation.outputs.filter(({ name }) => !LEFT_TO_FORMULA.includes(name)),
  };
}

/** What goes into a computation; in the place of what another one without a secret made for it, what went into that. */
function leaves(own: readonly Computation[], { inputs }: Computation): readonly Value[] {
  return inputs
    .filter(({ name }) => !LEFT_TO_FORMULA.includes(name))
    .flatMap((input) => {
      const maker = own.find(({ outputs }) => outputs.some((output) => sameValue(output, input)));
      const isPlain = maker?.inputs.every(({ kind }) => kind === 'public');
      return maker && isPlain ? maker.inputs : [input];
    });
}

function sameOutputs(a: Computation, b: Computation): boolean {
  return a.outputs.length === b.outputs.length && a.outputs.every((value, i) => same(value, b.outputs[i]));
}

function same(a: Value, b: Value | undefined): boolean {
  return b !== undefined && sameValue(a, b);
}

/** What each side sends in Finished, by its name. */
const CONFIRMING: readonly ValueName[] = ['client_verify_data', 'server_verify_data'];

export function confirmation(run: Run, step: Step): Confirmation | undefined {
  const all = computationsOf(run, step);
  const made = all.filter(({ computation }) => computation.outputs.some(({ name }) => CONFIRMING.includes(name)));
  const [sender, receiver] = made;
  const [sent] = sender?.computation.outputs ?? [];
  if (!sender || !sent) return undefined;
  const own = all.filter(({ unit }) => unit.index === sender.unit.index).map(({ computation }) => computation);
  const inputs = leaves(own, sender.computation);
  const key = inputs.find(({ kind }) => kind === 'shared_secret');
  const covers = inputs.find((input) => input !== key);
  if (!key || !covers) return undefined;
  return {
    is: 'confirmation',
    from: sender.unit.party,
    to: receiver?.unit.party,
    covers,
    key,
    sent,
    computed: receiver?.computation.outputs[0],
  };
}

/** Whether both sides came to the same. */
export function isConfirmed({ sent, computed }: Confirmation): boolean {
  const [a, b] = [sent.parts[0], computed?.parts[0]];
  return a !== undefined && b !== undefined && sameBytes(a.bytes, b.bytes);
}
