/**
 * The random alternative of RFC 5246, section 7.4.7.1: the server draws it before it decrypts, and takes it where the ciphertext is
 * malformed. The trace tells of it by name alone; here it is computed from the server's seed, and looked for in memory.
 */

import { hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { clientOptions, serverOptions } from '../src/network/party-options';
import { environmentOf, partySeed } from '../src/network/seed';
import type { RunOptions, Unit } from '../src/run/model';
import { type LocalParties, OPTIONS, runOnce, SEED, setUp, startParties } from './parties';

const OPTIONS_SEEDED: RunOptions = { ...OPTIONS, seed: SEED };

/** The 46 bytes that the server draws in its first connection: HKDF of its seed, connection, label and count. */
async function randomAlternative(): Promise<Buffer> {
  const number = (value: number) => Buffer.from([0, 0, 0, value]);
  const info = Buffer.concat([number(1), Buffer.from('RSA countermeasure'), number(0)]);
  const drawn = hkdfSync('sha256', await partySeed(SEED.bytes, 'server'), new Uint8Array(), info, 48);
  // The first two make place for the client's version.
  return Buffer.from(drawn).subarray(2);
}

/** In how many places of a party's memory the bytes stand, as `Buffer.indexOf` finds them. */
function placesIn(parties: LocalParties, party: 'client' | 'server' | 'eavesdropper', bytes: Buffer): number {
  const memory = Buffer.from(parties[party].inside.memory.buffer);
  let places = 0;
  for (let at = memory.indexOf(bytes); at >= 0; at = memory.indexOf(bytes, at + 1)) places += 1;
  return places;
}

describe('the random alternative', () => {
  it('is told of by name alone, and is in no memory once the server has decrypted', { timeout: 60_000 }, async () => {
    const parties = await startParties();
    const alternative = await randomAlternative();
    const told: string[] = [];
    const found: string[] = [];
    await runOnce(parties, OPTIONS_SEEDED, ({ party, unit }) => {
      for (const event of unit.events) {
        if (event.type !== 'computation') continue;
        for (const { name, parts } of [...event.inputs, ...event.outputs]) {
          if (name === 'random_alternative') told.push(`${party} ${unit.action} ${event.function} ${parts.length}`);
        }
      }
      for (const searched of ['client', 'server', 'eavesdropper'] as const) {
        if (placesIn(parties, searched, alternative) > 0) found.push(`${searched} after ${unit.action}`);
      }
    });
    expect(told).toEqual(['server decrypt_pre_master_secret Random 0']);
    expect(found).toEqual([]);
  });

  it('is the secret of a server that was sent a malformed ciphertext, in one place', { timeout: 60_000 }, async () => {
    const parties = await startParties();
    await setUp(parties, OPTIONS_SEEDED);
    const { client, server } = parties;
    const alternative = await randomAlternative();
    client.create(await environmentOf(SEED, 'client'));
    client.installTrustAnchor(parties.authority.rootCertificate());
    client.connect(clientOptions(OPTIONS_SEEDED));
    server.accept(serverOptions(OPTIONS_SEEDED));
    const after: [Unit['action'], number][] = [];
    for (let idle = false; !idle; ) {
      idle = true;
      for (let done = client.advance(); done; done = client.advance()) {
        idle = false;
        server.receive(done.unit.action === 'send_client_key_exchange' ? malformed(done.output) : done.output);
      }
      for (let done = server.advance(); done; done = server.advance()) {
        idle = false;
        after.push([done.unit.action, placesIn(parties, 'server', alternative)]);
        client.receive(done.output);
      }
    }
    const decrypting = after.findIndex(([action]) => action === 'decrypt_pre_master_secret');
    expect(after[decrypting]).toEqual(['decrypt_pre_master_secret', 1]);
    expect(after[decrypting + 1]).toEqual(['derive_master_secret', 0]);
    expect(after.slice(0, decrypting).every(([, places]) => places === 0)).toBe(true);
    expect(after.slice(decrypting + 1).every(([, places]) => places === 0)).toBe(true);
  });
});

/** The same record, with its last byte changed. */
function malformed(record: Uint8Array): Uint8Array {
  return record.map((byte, at) => (at === record.length - 1 ? byte ^ 1 : byte));
}
