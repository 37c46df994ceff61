/** The wire: which records crossed it so far, who can read them, and what a listener lacks. Pure functions. */

import { bufferAt, findField } from './bytes';
import { contains } from './compare';
import type { Endpoint, Run, Step, Value, ValueKind, ValueName, WireRecord } from './model';
import { ENDPOINTS } from './model';
import { perRun } from './per-run';
import { holdsAfter } from './possession/possession';
import { findValue, lastUnit, sightings } from './values';

/** All records that were sent by the end of a step. */
export function wireSoFar(run: Run, step: Step): readonly WireRecord[] {
  const last = lastUnit(step);
  return run.records.filter((record) => record.sentBy <= last);
}

/** A key of one side's own that would open a record to somebody who has nothing but what crossed the wire. */
export interface Lack {
  readonly name: ValueName;
  readonly kind: ValueKind;
  /** The step that overwrote the last copy of it; absent while somebody holds it. */
  readonly erasedIn: Step | undefined;
}

/** Who can read a record. */
export interface Reading {
  /** Everyone, everyone but for one field that is encrypted to a public key, or the holders of a key only. */
  readonly by: 'anyone' | 'anyone but one field' | 'holders';
  /** The key that opens the record or the field. */
  readonly key: ValueName | undefined;
  /** Who held it when the record was sent. */
  readonly holders: readonly Endpoint[];
  /** Any one of these would be enough for a listener. Empty where there is nothing to open. */
  readonly lacks: readonly Lack[];
}

export function reading(run: Run, record: WireRecord): Reading {
  const key = record.key ?? (record.protection === 'public' ? fieldKey(run, record) : undefined);
  if (!key) return { by: 'anyone', key: undefined, holders: [], lacks: [] };
  return {
    by: record.key ? 'holders' : 'anyone but one field',
    key,
    holders: ENDPOINTS.filter((party) => holdsAfter(run, record.sentBy, party, key)),
    lacks: privateKeysFor(run, key).map((name) => lack(run, name)),
  };
}

/** The private key that the computation behind a record's encrypted field calls for. */
function fieldKey(run: Run, record: WireRecord): ValueName | undefined {
  const message = record.messages[0];
  const buffer = message && bufferAt(run, message.buffer);
  const field = buffer && findField(buffer.fields, 'encrypted_pre_master_secret_bytes');
  if (!field || !buffer) return undefined;
  const ciphertext = buffer.bytes.subarray(field.start, field.end);
  for (const rule of rulesOf(run)) {
    if (rule.known.some((value) => isIn(value, ciphertext)) && rule.secrets.length === 1) return rule.secrets[0];
  }
  return undefined;
}

function lack(run: Run, name: ValueName): Lack {
  const kind = findValue(run, name)?.kind ?? 'private_key';
  const heldAtEnd =
    run.units.length > 0 && ENDPOINTS.some((party) => holdsAfter(run, run.units.length - 1, party, name));
  const erasing = run.units.findLast((unit) =>
    unit.unit.events.some((event) => event.type === 'erased' && event.name === name),
  );
  const erasedIn =
    heldAtEnd || !erasing ? undefined : run.steps.find((candidate) => candidate.units.includes(erasing.index));
  return { name, kind, erasedIn };
}

/** `output` follows from all of `secrets`, with values that anybody may know. */
interface Rule {
  readonly output: ValueName;
  readonly secrets: readonly ValueName[];
  readonly known: readonly Value[];
}

/** What only one side has, and no listener. */
const PRIVATE: readonly ValueKind[] = ['private_key', 'ephemeral_private_key', 'server_secret'];
/** What is no secret, a listener may have. */
export const SECRET: readonly ValueKind[] = [...PRIVATE, 'shared_secret', 'traffic_key'];

/**
 * The keys of one side's own from which a value can be recomputed, each alone sufficient, given all that crossed the wire.
 *
 * The rules are the run's own computations, read as "who has the inputs gets the outputs".
 */
function privateKeysFor(run: Run, target: ValueName): readonly ValueName[] {
  const rules = rulesOf(run);
  const found = new Set<ValueName>();
  const visited = new Set<ValueName>();
  const visit = (name: ValueName): void => {
    if (visited.has(name)) return;
    visited.add(name);
    const kind = findValue(run, name)?.kind;
    if (kind && PRIVATE.includes(kind)) {
      found.add(name);
      return;
    }
    for (const rule of rules) {
      // Where a computation needs two secrets, neither alone is enough; no key exchange of TLS 1.2 has one.
      const [only, ...others] = rule.secrets;
      if (rule.output === name && only && others.length === 0) visit(only);
    }
  };
  visit(target);
  return [...found];
}

const rulesOf = perRun((run): readonly Rule[] => [...computedRules(run), ...containmentRules(run)]);

function computedRules(run: Run): Rule[] {
  return run.units.flatMap((unit) =>
    unit.unit.events.flatMap((event) => {
      if (event.type !== 'computation') return [];
      const secrets = event.inputs.filter((input) => SECRET.includes(input.kind)).map((input) => input.name);
      const open = event.inputs.filter((input) => !SECRET.includes(input.kind));
      return event.outputs.map((output) => ({ output: output.name, secrets, known: open }));
    }),
  );
}

/** A key that is cut out of a longer secret follows from it. */
function containmentRules(run: Run): Rule[] {
  const secrets = new Map<ValueName, Value>();
  for (const { value } of sightings(run)) {
    if (SECRET.includes(value.kind) && !PRIVATE.includes(value.kind)) secrets.set(value.name, value);
  }
  const values = [...secrets.values()];
  return values.flatMap((part) => {
    const bytes = part.parts[0]?.bytes;
    if (!bytes || bytes.length === 0) return [];
    return values
      .filter((whole) => whole.name !== part.name && longer(whole, bytes) && isIn(whole, bytes))
      .map((whole) => ({ output: part.name, secrets: [whole.name], known: [] }));
  });
}

function longer(whole: Value, bytes: Uint8Array): boolean {
  return (whole.parts[0]?.bytes.length ?? 0) > bytes.length;
}

function isIn(whole: Value, bytes: Uint8Array): boolean {
  return whole.parts.some((part) => contains(part.bytes, bytes));
}
