/**
 * Where keys come from and where they go, step by step: what a message carries inside, what goes into a computation and what comes out
 * of it. From the run's computations, not from the handshake's name. Pure functions.
 */

import { contains } from './compare';
import type { Computation, Party, Run, Step, Value, ValueKind, ValueName, WireRecord } from './model';
import { appearedIn, computationsOf, wholeOf } from './values';
import { SECRET } from './wire';

/** A secret in a message, encrypted to a public key. */
export interface EnclosedSecret {
  readonly secret: ValueName;
  readonly kind: ValueKind;
  /** What it became, and what the record holds of it. */
  readonly encrypted: ValueName;
}

/** What a party's work in a step takes and makes: values by name, what it makes on the way left out. */
export interface KeyMovement {
  readonly party: Party;
  readonly inputs: readonly ValueName[];
  readonly outputs: readonly ValueName[];
}

/** The secret inside a record: its sender encrypted it to a public key, and the outcome is among the record's bytes. */
export function enclosedIn(run: Run, record: WireRecord): EnclosedSecret | undefined {
  if (record.protection !== 'public') return undefined;
  for (const { party, unit } of run.units.slice(0, record.sentBy + 1)) {
    if (party !== record.from) continue;
    for (const event of unit.events) {
      const made = event.type === 'computation' ? encryptedIn(event) : undefined;
      const output = made && wholeOf(made.output);
      if (output && contains(record.bytes, output.bytes)) {
        return { secret: made.secret.name, kind: made.secret.kind, encrypted: made.output.name };
      }
    }
  }
  return undefined;
}

function encryptedIn({ inputs, outputs }: Computation): { readonly secret: Value; readonly output: Value } | undefined {
  const secret = inputs.find(({ kind }) => SECRET.includes(kind));
  const output = outputs.find(({ kind }) => !SECRET.includes(kind));
  const toPublicKey = inputs.some(({ kind }) => kind === 'public_key');
  return secret && output && toPublicKey ? { secret, output } : undefined;
}

export function keyMovements(run: Run, step: Step): readonly KeyMovement[] {
  const all = computationsOf(run, step);
  const parties = [...new Set(all.map(({ unit }) => unit.party))];
  const kept = appearedIn(run, step);
  return parties.map((party) => {
    const own = all.filter(({ unit }) => unit.party === party).map(({ computation }) => computation);
    const made = new Set(own.flatMap(({ outputs }) => outputs.map(({ name }) => name)));
    const taken = own.flatMap(({ inputs }) => inputs.map(({ name }) => name));
    return {
      party,
      inputs: [...new Set(taken)].filter((name) => !made.has(name)),
      outputs: [...made].filter((name) =>
        kept.some((sighting) => sighting.party === party && sighting.value.name === name),
      ),
    };
  });
}
