/** Anonymous DH: nobody shows who they are, and the server's private key has no part in it. */

import { expect, it } from 'vitest';
import { computationsOf } from '../src/run/values';
import { eachRun, OPTIONS, SEED } from './parties';

const ANONYMOUS = { ...OPTIONS, handshake: 'dh-anon', group: 'ffdhe2048' } as const;

eachRun([ANONYMOUS, { ...ANONYMOUS, group: 'ffdhe3072', seed: SEED }], (_, made) => {
  it('has no certificate, no signature and no check of either on the wire', () => {
    const messages = made.run.records.flatMap((record) => record.messages.map(({ name }) => name));
    expect(messages).toContain('server_key_exchange');
    expect(messages).not.toContain('certificate');
    const connection = made.run.units.filter(({ scope }) => scope === 'connection');
    const checks = connection.flatMap(({ unit }) => unit.events.flatMap((e) => (e.type === 'check' ? [e.name] : [])));
    expect(new Set(checks)).toEqual(new Set(['verify_data', 'record_authentic']));
    expect(connection.map(({ party }) => party)).not.toContain('authority');
    expect(made.run.negotiated?.signatureScheme).toBeUndefined();
  });

  it("never uses the server's private key in the connection, nor shows the client its public key", () => {
    const steps = made.run.steps.filter(({ id }) => id !== 'certificate');
    const inputs = steps.flatMap((step) =>
      computationsOf(made.run, step).flatMap(({ computation }) => computation.inputs.map(({ kind }) => kind)),
    );
    expect(inputs.length).toBeGreaterThan(20);
    expect(inputs).not.toContain('private_key');
    const outcomes = made.run.question?.attempts.map(({ attempt }) => [attempt.key, attempt.outcome.code]);
    expect(outcomes).toEqual([
      ['server_private_key', 'wrong_length'],
      ['server_public_key', 'not_held'],
      ['server_write_key', 'opened'],
    ]);
  });
});
