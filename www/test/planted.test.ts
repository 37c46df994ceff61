/** The server's private key, planted in the client: the search turns positive, from that step on and not before. */

import { beforeAll, describe, expect, it } from 'vitest';
import { plant } from '../src/network/plant';
import { Recorder } from '../src/network/recorder';
import type { LogEntry } from '../src/run/log';
import type { Run, RunOptions, StepId } from '../src/run/model';
import { disagreements, disagreementsAt, looksOf, unexplainedPostings } from '../src/run/possession/findings';
import { possession } from '../src/run/possession/possession';
import { stepsFor } from '../src/run/steps';
import { THE_KEY } from '../src/run/values';
import { plantingAt } from './made';
import { connect, type LocalParties, OPTIONS, setUp, startParties } from './parties';

const ECDSA: RunOptions = { ...OPTIONS, handshake: 'ecdhe', certificate: 'ecdsa' };

function expectFoundFrom(run: Run, plant: StepId): void {
  const from = run.steps.findIndex(({ id }) => id === plant);
  expect(from).toBeGreaterThanOrEqual(0);
  for (const step of run.steps) {
    const found = disagreementsAt(run, step).map(({ party, name, declared, copies, pieces, planted }) => {
      return { party, name, declared, parts: copies.map(({ part }) => part), pieces, planted };
    });
    const expected = { party: 'client', name: THE_KEY, declared: false, parts: ['d'], pieces: 0, planted: true };
    expect(found, `${step.id}, planted at ${plant}`).toEqual(step.index < from ? [] : [expected]);
    const state = possession(run, step, 'client', THE_KEY).is;
    expect(state).toBe(step.index < from ? 'not yet' : step.index === from ? 'new' : 'held');
  }
  // It is there before the first unit of the step that somebody else does.
  const planting = run.units.find(({ unit }) => unit.action === 'plant_bytes');
  if (plant !== 'certificate') expect(run.steps[from]?.units[0]).toBe(planting?.index);
}

describe.each([
  ['RSA', OPTIONS],
  ['ECDHE', ECDSA],
  ['a session that is resumed', { ...OPTIONS, resumption: 'session-id' }],
] as const)('with %s', (_, options) => {
  let parties: LocalParties;
  let before: readonly LogEntry[];
  beforeAll(async () => {
    parties = await startParties();
    before = await setUp(parties, options);
  }, 60_000);

  it.each([...stepsFor(options), 'close'] as const)('at %s', { timeout: 60_000 }, async (plant) => {
    const run = await connect(parties, { ...options, ...plantingAt(plant) }, before);
    expect(run.outcome).toEqual({ is: 'complete' });
    expectFoundFrom(run, plant);
    expect(unexplainedPostings(run).map(({ party, call }) => [party, call])).toEqual([['client', 'plant']]);
    // The connection and its steps are what they are without it.
    expect(run.steps.map(({ id }) => id)).toEqual([...stepsFor(options), 'close']);
    expect(run.steps.flatMap(({ units }) => units)).toEqual(run.units.map(({ index }) => index));
    expect(run.claim).toHaveLength(4);
  });

  it('is gone from the next run', { timeout: 60_000 }, async () => {
    await connect(parties, { ...options, ...plantingAt('client-hello') }, before);
    const run = await connect(parties, options, before);
    expect(disagreements(run)).toEqual([]);
    expect(looksOf(run, 'client').filter((look) => look.findings.some(({ name }) => name === THE_KEY))).toEqual([]);
  });
});

describe('a connection that fails', () => {
  it('has it at the alert', { timeout: 60_000 }, async () => {
    const parties = await startParties();
    const before = await setUp(parties, ECDSA);
    const run = await connect(parties, { ...ECDSA, serverName: 'other.example', ...plantingAt('alert') }, before);
    expect(run.outcome.is).toBe('failed');
    expectFoundFrom(run, 'alert');
  });

  it('has nothing planted at a step that it does not come to', { timeout: 60_000 }, async () => {
    const parties = await startParties();
    const before = await setUp(parties, ECDSA);
    const run = await connect(parties, { ...ECDSA, serverName: 'other.example', ...plantingAt('read') }, before);
    expect(disagreements(run)).toEqual([]);
  });
});

describe('where there is nothing to plant', () => {
  it('it is an error that says so', { timeout: 60_000 }, async () => {
    const parties = await startParties();
    const recorder = new Recorder();
    const { client } = parties;
    client.create({});
    await expect(plant(recorder, client, 'connection')).rejects.toThrow(
      'Nothing to plant: the server never reported server_private_key d',
    );
    expect(recorder.units).toEqual([]);
    // The core, asked directly, says it too.
    expect(() => client.plant(new Uint8Array())).toThrow('no bytes to plant');
  });
});
