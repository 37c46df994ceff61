/** The lab, over workers that are none: what it reports, what it keeps between runs, and what becomes of crashes. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../src/network/errors';
import { Lab, type LabState } from '../src/network/lab';
import { disagreements, lookAt, searchCount } from '../src/run/glass';
import type { Run, RunOptions } from '../src/run/model';
import { PARTIES } from '../src/run/model';
import { findValue } from '../src/run/values';
import { OPTIONS, SEED } from './parties';
import { FakeWorker, stubBrowser } from './workers';

const ECDSA: RunOptions = { ...OPTIONS, handshake: 'ecdhe', certificate: 'ecdsa' };

let states: LabState[];
let lab: Lab;
let then: (state: LabState) => void;

beforeEach(async () => {
  stubBrowser();
  states = [];
  then = () => {};
  lab = await Lab.open((state) => {
    states.push(state);
    then(state);
  });
});

afterEach(() => {
  lab.close();
  vi.unstubAllGlobals();
});

async function failureOf(promise: Promise<unknown>): Promise<LabError['failure'] | undefined> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error !== undefined && !(error instanceof LabError)) throw error;
  return error?.failure;
}

/** Does something at the moment when the lab reports a state. */
function when(is: LabState['is'], act: () => void): void {
  then = (state) => {
    if (state.is === is) act();
  };
}

const keyOf = (run: Run) => findValue(run, 'server_private_key')?.parts;

function images(run: Run): Parameters<Lab['find']>[0] {
  const last = run.steps.at(-1);
  if (!last) throw new Error('the run has no steps');
  return PARTIES.map((party) => ({ party, image: lookAt(run, last, party).image }));
}

describe('a run in the lab', () => {
  it('is searched after it ran, in a worker of its own', { timeout: 60_000 }, async () => {
    const run = await lab.run(ECDSA);
    expect(states.map(({ is }) => is)).toEqual(['loading', 'ready', 'making keys', 'running', 'searching', 'ready']);
    expect(FakeWorker.started.map(({ name }) => name).toSorted()).toEqual([
      'authority',
      'client',
      'eavesdropper',
      'reader',
      'search',
      'server',
    ]);
    expect(disagreements(run)).toEqual([]);
    expect(run.claim).toHaveLength(4);
    for (const step of run.steps) {
      for (const party of PARTIES) expect(searchCount(run, step, party)).toBeGreaterThan(step.index);
    }
  });

  it('goes on with the same workers and the same server', { timeout: 60_000 }, async () => {
    const first = await lab.run(ECDSA);
    const second = await lab.run({ ...ECDSA, plant: 'read' });
    const third = await lab.run(ECDSA);
    expect(FakeWorker.started).toHaveLength(6);
    expect(keyOf(second)).toEqual(keyOf(first));
    expect(second.looks[0]?.image).toBe(first.looks[0]?.image);
    expect(disagreements(second).every(({ planted }) => planted)).toBe(true);
    expect(disagreements(second).length).toBeGreaterThan(0);
    expect(disagreements(third)).toEqual([]);
  });

  it('has workers of its own if it is seeded, and ends them', { timeout: 60_000 }, async () => {
    const run = await lab.run({ ...ECDSA, seed: SEED });
    expect(disagreements(run)).toEqual([]);
    const parties = FakeWorker.started.filter(({ name }) => name !== 'search');
    await vi.waitFor(() => expect(parties.every(({ isTerminated }) => isTerminated)).toBe(true));
  });
});

describe('bytes of the reader', () => {
  it('are found in each memory', { timeout: 60_000 }, async () => {
    const run = await lab.run(ECDSA);
    const [d] = keyOf(run) ?? [];
    const found = await lab.find(images(run), d?.bytes ?? new Uint8Array());
    expect(found.map(({ party, total, addresses }) => [party, total, addresses.length])).toEqual([
      ['authority', 0, 0],
      ['client', 0, 0],
      ['eavesdropper', 0, 0],
      ['server', 1, 1],
    ]);
    // Eve keeps what she heard; nobody else does.
    const record = await lab.find(images(run), run.records[0]?.bytes ?? new Uint8Array());
    expect(record.filter(({ total }) => total > 0)).toMatchObject([{ party: 'eavesdropper', total: 1 }]);
  });
});

describe('a crash', () => {
  it("of a party's worker is reported as such, and the next run has new workers", { timeout: 60_000 }, async () => {
    await lab.run(ECDSA);
    when('running', () => FakeWorker.named('client').crash('out of memory'));
    expect(await failureOf(lab.run(ECDSA))).toEqual({
      code: 'worker_crashed',
      party: 'client',
      detail: 'out of memory',
    });
    expect(states.at(-1)).toMatchObject({ is: 'failed' });
    then = () => {};
    expect(disagreements(await lab.run(ECDSA))).toEqual([]);
  });

  it("of Eve's worker is one, too", { timeout: 60_000 }, async () => {
    await lab.run(ECDSA);
    when('running', () => FakeWorker.named('eavesdropper').crash('gone'));
    expect(await failureOf(lab.run(ECDSA))).toMatchObject({ code: 'worker_crashed', party: 'eavesdropper' });
  });

  it('of the search is no "not found", and costs no key', { timeout: 60_000 }, async () => {
    const first = await lab.run(ECDSA);
    when('searching', () => FakeWorker.named('search').crash('out of memory'));
    expect(await failureOf(lab.run(ECDSA))).toEqual({ code: 'search_crashed', detail: 'out of memory' });
    expect(states.at(-1)).toMatchObject({ is: 'failed', failure: { code: 'search_crashed' } });

    then = () => {};
    const next = await lab.run(ECDSA);
    expect(disagreements(next)).toEqual([]);
    expect(keyOf(next)).toEqual(keyOf(first));
  });

  it("of the search for the reader's bytes is one, too", { timeout: 60_000 }, async () => {
    const run = await lab.run(ECDSA);
    const finding = lab.find(images(run), Uint8Array.of(1));
    FakeWorker.named('search').crash('');
    expect(await failureOf(finding)).toEqual({ code: 'search_crashed', detail: '' });
    expect((await lab.find(images(run), Uint8Array.of(1)))[0]?.total).toBeGreaterThan(0);
  });

  it('is not what closing the lab is', { timeout: 60_000 }, async () => {
    const run = await lab.run(ECDSA);
    when('running', () => lab.close());
    expect(await failureOf(lab.run(ECDSA))).toEqual({ code: 'closed' });
    expect(await failureOf(lab.find(images(run), Uint8Array.of(1)))).toEqual({ code: 'closed' });
  });
});
