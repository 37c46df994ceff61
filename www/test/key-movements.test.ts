/** What a message carries, and what computations take and make, over real runs: never by the handshake's name. */

import { expect, it } from 'vitest';
import { groupsFor, HANDSHAKES } from '../src/run/choices';
import { enclosedIn, keyMovements } from '../src/run/key-movements';
import type { Run, RunOptions, StepId } from '../src/run/model';
import { eachRun, OPTIONS } from './parties';

const RUNS: readonly RunOptions[] = HANDSHAKES.map((handshake): RunOptions => {
  return { ...OPTIONS, handshake, group: groupsFor(handshake)[0] ?? OPTIONS.group };
});

function flows(run: Run, id: StepId) {
  const step = run.steps.find((each) => each.id === id);
  if (!step) throw new Error(`no step ${id}`);
  return Object.fromEntries(keyMovements(run, step).map(({ party, inputs, outputs }) => [party, { inputs, outputs }]));
}

eachRun(RUNS, ({ handshake }, made) => {
  it('a secret is inside ClientKeyExchange where the client encrypted one, and in no other record', () => {
    const { run } = made;
    const carried = run.records.map((record) => enclosedIn(run, record)).filter((secret) => secret !== undefined);
    const inside = { secret: 'pre_master_secret', kind: 'shared_secret', encrypted: 'encrypted_pre_master_secret' };
    expect(carried).toEqual(handshake === 'rsa' ? [inside] : []);
  });

  it('nothing is said to be inside a record that does not have its bytes', () => {
    const { run } = made;
    for (const record of run.records) {
      const empty = { ...record, bytes: record.bytes.map((byte) => byte ^ 1) };
      expect(enclosedIn(run, empty)).toBeUndefined();
    }
  });

  it('both sides put the same secret into their data keys', () => {
    const { client, server } = flows(made.run, 'data-keys');
    expect(client?.inputs).toContain('pre_master_secret');
    expect(client?.outputs).toEqual(expect.arrayContaining(['client_write_key', 'server_write_key']));
    expect([...(server?.outputs ?? [])].sort()).toEqual([...(client?.outputs ?? [])].sort());
  });

  if (handshake === 'rsa') {
    it('the secret comes out of what was received, with the private key', () => {
      const { server, client } = flows(made.run, 'decrypt');
      expect(client).toBeUndefined();
      expect(server?.inputs).toEqual(expect.arrayContaining(['server_private_key', 'encrypted_pre_master_secret']));
      expect(server?.outputs).toEqual(['pre_master_secret']);
    });
    return;
  }
  it("each side combines its own half and the other's, and makes the same", () => {
    const { client, server } = flows(made.run, 'agree');
    expect(client?.inputs).toEqual(
      expect.arrayContaining(['client_ephemeral_private_key', 'server_ephemeral_public_key']),
    );
    expect(server?.inputs).toEqual(
      expect.arrayContaining(['server_ephemeral_private_key', 'client_ephemeral_public_key']),
    );
    expect([client?.outputs, server?.outputs]).toEqual([['pre_master_secret'], ['pre_master_secret']]);
  });
});
