/** A key that leaks to Eve: a unit of hers, which declares it; a search of her memory finds it; and it opens what it should. */

import { beforeAll, describe, expect, it } from 'vitest';
import type { LeakedKey } from '../pkg/tls_glass';
import { replyOf } from '../src/run/assemble';
import type { Handshake, Run, Value, ValueName } from '../src/run/model';
import { ALL_OPTIONS, type LocalParties, runOnce, searchable, startParties } from './parties';

/** Each secret that suffices by itself, by the handshake. */
const SUFFICIENT = {
  rsa: ['server_private_key', 'pre_master_secret', 'master_secret'],
  dhe: ['client_ephemeral_private_key', 'server_ephemeral_private_key', 'pre_master_secret', 'master_secret'],
  ecdhe: ['client_ephemeral_private_key', 'server_ephemeral_private_key', 'pre_master_secret', 'master_secret'],
} as const satisfies Partial<Record<Handshake, readonly LeakedKey[]>>;

function held(run: Run, name: ValueName): Value {
  const values = run.units.flatMap(({ party, unit }) =>
    unit.events.flatMap((event) =>
      event.type === 'held' && event.value.name === name && party !== 'eavesdropper' ? [event.value] : [],
    ),
  );
  const value = values.at(-1);
  if (!value) throw new Error(`nobody held ${name}`);
  return value;
}

/** How often bytes lie in Eve's memory now. */
function copies({ eavesdropper }: LocalParties, bytes: Uint8Array): number {
  const memory = Buffer.from(searchable(eavesdropper.inside).bytes);
  let count = 0;
  for (let at = memory.indexOf(bytes); at >= 0; at = memory.indexOf(bytes, at + 1)) count += 1;
  return count;
}

describe.each(Object.entries(SUFFICIENT))('with %s', (handshake, keys) => {
  let parties: LocalParties;
  let run: Run;
  beforeAll(async () => {
    parties = await startParties();
    const options = ALL_OPTIONS.find((each) => each.handshake === handshake);
    if (!options) throw new Error(`no options with ${handshake}`);
    run = await runOnce(parties, options);
    expect(run.outcome).toEqual({ is: 'complete' });
  }, 60_000);

  it.each(keys)('%s', { timeout: 60_000 }, (name) => {
    const { eavesdropper } = parties;
    const value = held(run, name);
    const bytes = (value.parts.find((part) => part.name === 'pkcs8') ?? value.parts[0])?.bytes;
    const reply = replyOf(run.records);
    if (!bytes || !reply) throw new Error('there is nothing to leak or to read');

    eavesdropper.listen();
    for (const record of run.records) {
      eavesdropper.overhear(record.from, record.bytes);
      while (eavesdropper.advance());
    }
    expect(copies(parties, bytes)).toBe(0);
    expect(eavesdropper.read(reply.bytes, reply.from).plaintext).toBeUndefined();

    const { unit, holdings } = eavesdropper.give(name, bytes);
    expect(unit.action).toBe('take_leaked_key');
    expect(unit.events.map((event) => event.type === 'held' && event.value.name)).toEqual([name]);
    expect(holdings).toContainEqual({ name });
    expect(copies(parties, bytes)).toBe(1);
    const read = eavesdropper.read(reply.bytes, reply.from).plaintext;
    expect(Buffer.from(read ?? []).toString('latin1')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(copies(parties, bytes)).toBe(1);

    eavesdropper.listen();
    expect(copies(parties, bytes)).toBe(0);
  });
});
