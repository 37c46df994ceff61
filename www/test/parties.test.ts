/** Live runs, over workers that are none: what is reported, what is kept between runs, and what becomes of crashes. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NetworkError } from '../src/network/errors';
import { openLive } from '../src/network/live-source';
import type { RunSource, SourceState } from '../src/network/source';
import type { Run, RunOptions } from '../src/run/model';
import { PARTIES } from '../src/run/model';
import { disagreements, lookAt, searchCount } from '../src/run/possession/findings';
import { findValue } from '../src/run/values';
import { plantingAt } from './made';
import { OPTIONS, SEED } from './parties';
import { FakeWorker, stubBrowser } from './workers';

const ECDSA: RunOptions = { ...OPTIONS, handshake: 'ecdhe', certificate: 'ecdsa' };

let states: SourceState[];
let parties: RunSource;
let then: (state: SourceState) => void;

beforeEach(async () => {
  stubBrowser();
  states = [];
  then = () => {};
  parties = await openLive((state) => {
    states.push(state);
    then(state);
  });
});

afterEach(() => {
  parties.close();
  vi.unstubAllGlobals();
});

async function failureOf(promise: Promise<unknown>): Promise<NetworkError['failure'] | undefined> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error !== undefined && !(error instanceof NetworkError)) throw error;
  return error?.failure;
}

/** Does something at the moment when the parties reports a state. */
function when(is: SourceState['is'], act: () => void): void {
  then = (state) => {
    if (state.is === is) act();
  };
}

const keyOf = (run: Run) => findValue(run, 'server_private_key')?.parts;

function images(run: Run): Parameters<RunSource['find']>[0] {
  const last = run.steps.at(-1);
  if (!last) throw new Error('the run has no steps');
  return PARTIES.map((party) => ({ party, image: lookAt(run, last, party).image }));
}

describe('a run in the parties', () => {
  it('is searched after it ran, in a worker of its own', { timeout: 60_000 }, async () => {
    const run = await parties.run(ECDSA);
    expect(states.map(({ is }) => is)).toEqual(['loading', 'making keys', 'running', 'searching', 'ready']);
    expect(FakeWorker.started.map(({ name }) => name).toSorted()).toEqual([
      'authority',
      'client',
      'eavesdropper',
      'network',
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
    const first = await parties.run(ECDSA);
    const second = await parties.run({ ...ECDSA, ...plantingAt('read') });
    const third = await parties.run(ECDSA);
    expect(FakeWorker.started).toHaveLength(7);
    expect(keyOf(second)).toEqual(keyOf(first));
    expect(disagreements(second).every(({ planted }) => planted)).toBe(true);
    expect(disagreements(second).length).toBeGreaterThan(0);
    expect(disagreements(third)).toEqual([]);
  });

  it('that stalls is a run, and costs no key', { timeout: 60_000 }, async () => {
    const first = await parties.run(ECDSA);
    const record = { from: 'client', at: { id: 'client-key', occurrence: 1 }, nth: 1 } as const;
    const failed = await parties.run({ ...ECDSA, interventions: [{ is: 'drop', record }] });
    expect(failed.outcome).toMatchObject({ is: 'failed', failure: { party: 'server' } });
    const request = { ...record, at: { id: 'request', occurrence: 1 } } as const;
    const stalled = await parties.run({ ...ECDSA, interventions: [{ is: 'drop', record: request }] });
    const expected = { is: 'content', contentType: 'application_data' };
    expect(stalled.outcome).toEqual({
      is: 'stalled',
      waits: [
        { party: 'client', expected },
        { party: 'server', expected },
      ],
    });
    expect(states.at(-1)).toEqual({ is: 'ready' });
    const altered = await parties.run({
      ...ECDSA,
      interventions: [{ is: 'alter', record: request, offset: -1, mask: 1 }],
    });
    expect(altered.outcome).toMatchObject({ is: 'failed', failure: { report: { alert: 'bad_record_mac' } } });
    const cut = await parties.run({ ...ECDSA, interventions: [{ is: 'cut', after: request }] });
    expect(cut.outcome).toMatchObject({
      is: 'failed',
      failure: { report: { message: 'the peer hung up without close_notify' } },
    });
    const last = await parties.run(ECDSA);
    expect(last.outcome).toEqual({ is: 'complete' });
    expect(FakeWorker.started).toHaveLength(7);
    for (const run of [failed, stalled, altered, cut, last]) expect(keyOf(run)).toEqual(keyOf(first));
  });

  it('has workers of its own if it is seeded, and ends them', { timeout: 60_000 }, async () => {
    const run = await parties.run({ ...ECDSA, seed: SEED });
    expect(disagreements(run)).toEqual([]);
    const workers = FakeWorker.started.filter(({ name }) => name !== 'search' && name !== 'network');
    await vi.waitFor(() => expect(workers.every(({ isTerminated }) => isTerminated)).toBe(true));
  });
});

describe('the network', () => {
  it('is taken over by the first source, if it was started early, with the key that it made', {
    timeout: 60_000,
  }, async () => {
    const before = FakeWorker.started.length;
    // As in a page that was just loaded.
    vi.resetModules();
    const page = await import('../src/network/live-source');
    page.startEarly('ecdsa');
    page.startEarly('ecdsa');
    const other = await page.openLive(() => {});
    page.startEarly('ecdsa');
    expect(disagreements(await other.run(ECDSA))).toEqual([]);
    const names = FakeWorker.started.slice(before).map(({ name }) => name);
    expect(names.filter((name) => name === 'network' || name === 'server')).toEqual(['network', 'server']);
    other.close();
  });

  it('without a module is none, and the next run asks for the module again', { timeout: 60_000 }, async () => {
    parties.close();
    const load = fetch;
    vi.stubGlobal('fetch', async () => new Response('not here', { status: 404 }));
    const other = await openLive((state) => states.push(state));
    expect(await failureOf(other.run(ECDSA))).toMatchObject({ code: 'module_load_failed' });
    expect(states.at(-1)).toMatchObject({ is: 'failed', failure: { code: 'module_load_failed' } });
    expect(FakeWorker.named('network').isTerminated).toBe(true);
    vi.stubGlobal('fetch', load);
    expect(disagreements(await other.run(ECDSA))).toEqual([]);
    other.close();
  });
});

describe('bytes of the reader', () => {
  it('are found in each memory', { timeout: 60_000 }, async () => {
    const run = await parties.run(ECDSA);
    const [d] = keyOf(run) ?? [];
    const found = await parties.find(images(run), d?.bytes ?? new Uint8Array());
    expect(found.map(({ party, total, addresses }) => [party, total, addresses.length])).toEqual([
      ['authority', 0, 0],
      ['client', 0, 0],
      ['eavesdropper', 0, 0],
      ['server', 1, 1],
    ]);
    // Eve keeps what she heard; nobody else does.
    const record = await parties.find(images(run), run.records[0]?.bytes ?? new Uint8Array());
    expect(record.filter(({ total }) => total > 0)).toMatchObject([{ party: 'eavesdropper', total: 1 }]);
  });
});

describe('a crash', () => {
  it("of a party's worker is reported as such, and the next run has new workers", { timeout: 60_000 }, async () => {
    await parties.run(ECDSA);
    when('running', () => FakeWorker.named('client').crash('out of memory'));
    expect(await failureOf(parties.run(ECDSA))).toEqual({
      code: 'worker_crashed',
      party: 'client',
      detail: 'out of memory',
    });
    expect(states.at(-1)).toMatchObject({ is: 'failed' });
    then = () => {};
    expect(disagreements(await parties.run(ECDSA))).toEqual([]);
  });

  it("of Eve's worker is one, too", { timeout: 60_000 }, async () => {
    await parties.run(ECDSA);
    when('running', () => FakeWorker.named('eavesdropper').crash('gone'));
    expect(await failureOf(parties.run(ECDSA))).toMatchObject({ code: 'worker_crashed', party: 'eavesdropper' });
  });

  it('of the search is no "not found", and costs no key', { timeout: 60_000 }, async () => {
    const first = await parties.run(ECDSA);
    when('searching', () => FakeWorker.named('search').crash('out of memory'));
    expect(await failureOf(parties.run(ECDSA))).toEqual({ code: 'search_crashed', detail: 'out of memory' });
    expect(states.at(-1)).toMatchObject({ is: 'failed', failure: { code: 'search_crashed' } });

    then = () => {};
    const next = await parties.run(ECDSA);
    expect(disagreements(next)).toEqual([]);
    expect(keyOf(next)).toEqual(keyOf(first));
  });

  it("of the search for the reader's bytes is one, too", { timeout: 60_000 }, async () => {
    const run = await parties.run(ECDSA);
    const finding = parties.find(images(run), Uint8Array.of(1));
    FakeWorker.named('search').crash('');
    expect(await failureOf(finding)).toEqual({ code: 'search_crashed', detail: '' });
    expect((await parties.find(images(run), Uint8Array.of(1)))[0]?.total).toBeGreaterThan(0);
  });

  it('of the network is said, and the next run has another one', { timeout: 60_000 }, async () => {
    await parties.run(ECDSA);
    when('running', () => FakeWorker.named('network').crash('out of memory'));
    const failure = { code: 'network_crashed', detail: 'out of memory' };
    expect(await failureOf(parties.run(ECDSA))).toEqual(failure);
    expect(states.at(-1)).toEqual({ is: 'failed', failure });
    then = () => {};
    expect(disagreements(await parties.run(ECDSA))).toEqual([]);
  });

  it('is not what closing the parties is', { timeout: 60_000 }, async () => {
    const run = await parties.run(ECDSA);
    when('running', () => parties.close());
    expect(await failureOf(parties.run(ECDSA))).toEqual({ code: 'closed' });
    expect(await failureOf(parties.find(images(run), Uint8Array.of(1)))).toEqual({ code: 'closed' });
  });
});
