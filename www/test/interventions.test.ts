/**
 * What is done to records on their way, end to end: records that do not arrive, or not as they were sent, and a transport that ends
 * too soon. Whatever comes of it is a run, with words for each of its steps.
 */

import { beforeAll, describe, expect, it } from 'vitest';
import { facts, stepWords } from '../src/content/facts';
import { fill } from '../src/content/words';
import { outcomeTitle } from '../src/element/shared/outcome-words';
import type { LogEntry } from '../src/run/log';
import type { Endpoint, Intervention, RecordAddress, Run, RunOptions, StepId, WireRecord } from '../src/run/model';
import { failureIn } from '../src/run/outcome';
import { disagreements, unexplainedPostings } from '../src/run/possession/findings';
import { firstOf } from '../src/run/step-ref';
import { drawn } from './drawn';
import { english } from './english';
import { connect, describeOptions, type LocalParties, OPTIONS, setUp, startParties } from './parties';

const RSA: RunOptions = OPTIONS;
const ECDHE: RunOptions = { ...OPTIONS, handshake: 'ecdhe', certificate: 'ecdsa' };
const CBC: RunOptions = { ...OPTIONS, cipher: 'aes-128-cbc' };
const TICKET: RunOptions = { ...ECDHE, resumption: 'session-ticket' };
const SHOWN: RunOptions = { ...ECDHE, clientCertificate: 'shown' };

const prepared = new Map<string, Promise<{ readonly parties: LocalParties; readonly before: readonly LogEntry[] }>>();

/** The server's key is made once for each kind, whatever becomes of the runs with it. */
async function run(options: RunOptions, ...interventions: Intervention[]): Promise<Run> {
  const { certificate } = options;
  const known =
    prepared.get(certificate) ??
    startParties().then(async (parties) => ({ parties, before: await setUp(parties, options) }));
  prepared.set(certificate, known);
  const { parties, before } = await known;
  return connect(parties, { ...options, interventions }, before);
}

function record(from: Endpoint, at: StepId, nth = 1): RecordAddress {
  return { from, at: firstOf(at), nth };
}

function titleOf({ outcome }: Run): string {
  return outcome.is === 'complete' ? '' : outcomeTitle(english, outcome);
}

describe('a record that does not arrive', () => {
  it.each([
    [
      RSA,
      record('client', 'client-hello'),
      'Stalled: the client waits for ServerHello and the server waits for ClientHello.',
    ],
    [
      RSA,
      record('server', 'server-finished', 2),
      'Stalled: the client waits for Finished and the server waits for application data.',
    ],
    [
      RSA,
      record('client', 'client-finished', 2),
      'Stalled: the client waits for ChangeCipherSpec and the server waits for Finished.',
    ],
    [
      RSA,
      record('client', 'request'),
      'Stalled: the client waits for application data and the server waits for application data.',
    ],
    [
      RSA,
      record('server', 'reply'),
      'Stalled: the client waits for application data and the server waits for application data.',
    ],
    [
      RSA,
      record('client', 'close'),
      'Stalled: the client waits for an alert and the server waits for application data.',
    ],
  ] as const)('stalls the connection: %#', { timeout: 60_000 }, async (options, address, title) => {
    const made = await run(options, { is: 'drop', record: address });
    expect(titleOf(made)).toBe(title);
    const dropped = made.records.filter(({ fate }) => fate.is === 'dropped');
    expect(dropped).toMatchObject([{ from: address.from, by: 'network', received: undefined, receivedBy: undefined }]);
    expect(made.steps.at(-1)?.id).toBe(address.at.id);
    // Eve was before it: she has heard it.
    const kept = made.units.filter(({ unit }) => unit.action === 'keep_record');
    expect(kept).toHaveLength(made.records.length);
  });

  it('may be noticed by what comes in its place', { timeout: 60_000 }, async () => {
    const made = await run(ECDHE, { is: 'drop', record: record('client', 'client-key') });
    const failure = failureIn(made);
    expect(failure).toMatchObject({ party: 'server', report: { alert: 'unexpected_message' } });
    // The server reads the client's next message, in the step in which that is sent.
    const step = made.steps.find(({ units }) => units.includes(failure?.unit ?? -1));
    expect(step?.id).toBe('client-finished');
    expect(made.units[failure?.unit ?? -1]?.unit.action).toBe('receive_client_key_exchange');
  });

  it('has both wait for the end of an earlier connection, and nothing after it', { timeout: 60_000 }, async () => {
    const made = await run(TICKET, { is: 'drop', record: record('server', 'session') });
    expect(made.outcome).toMatchObject({ is: 'failed', failure: { party: 'client' } });
    expect(made.steps.map(({ id }) => id)).toEqual(['certificate', 'session']);
    const stalled = await run(TICKET, { is: 'drop', record: record('client', 'session') });
    expect(titleOf(stalled)).toContain('the server waits for ClientHello');
    expect(stalled.steps.map(({ id }) => id)).toEqual(['certificate', 'session']);
    expect(stalled.unreached[0]).toBe('client-hello');
    expect(stalled.units.some(({ scope }) => scope === 'connection')).toBe(false);
  });
});

describe('a record that arrives changed', () => {
  it.each([
    ['AEAD', ECDHE],
    ['CBC', CBC],
  ] as const)('is no record of the sender’s: %s', { timeout: 60_000 }, async (_, options) => {
    const made = await run(options, { is: 'alter', record: record('client', 'request'), offset: -1, mask: 1 });
    expect(failureIn(made)).toMatchObject({ party: 'server', report: { alert: 'bad_record_mac' } });
    const altered = made.records.filter(({ fate }) => fate.is === 'altered');
    expect(altered).toHaveLength(1);
    const [sent] = altered as [WireRecord];
    expect(sent).toMatchObject({ from: 'client', by: 'network', messages: [{ name: 'application_data' }] });
    // What was sent and what was read are two things, and differ in one byte.
    const read = made.buffers.get(`server/connection/${sent.received?.id}`)?.bytes ?? new Uint8Array();
    expect(read).toHaveLength(sent.bytes.length);
    expect(read.filter((byte, index) => byte !== sent.bytes[index])).toHaveLength(1);
    expect(read.at(-1)).toBe((sent.bytes.at(-1) ?? 0) ^ 1);
    expect(made.steps.at(-1)?.id).toBe('alert');
  });

  it('in its length has its receiver wait for more', { timeout: 60_000 }, async () => {
    const made = await run(RSA, { is: 'alter', record: record('client', 'client-hello'), offset: 3, mask: 0x20 });
    expect(titleOf(made)).toBe(
      'Stalled: the client waits for ServerHello and the server waits for the rest of a record.',
    );
    expect(made.records).toHaveLength(1);
    expect(made.records[0]?.received).toBeUndefined();
  });

  it('has to have the byte that is to be changed', { timeout: 60_000 }, async () => {
    const alter = { is: 'alter', record: record('client', 'client-hello'), offset: 9999, mask: 1 } as const;
    await expect(run(RSA, alter)).rejects.toThrow('has no byte 9999');
  });
});

describe('a transport that ends too soon', () => {
  it.each([
    // The server had more to send, and notices when it comes to wait.
    [RSA, record('server', 'server-hello'), 'identity'],
    [ECDHE, record('client', 'client-finished', 2), 'server-finished'],
    [ECDHE, record('server', 'reply'), 'read'],
  ] as const)('is noticed by both sides, and told to nobody: %#', { timeout: 60_000 }, async (options, after, last) => {
    const made = await run(options, { is: 'cut', after });
    expect(failureIn(made)?.report).toMatchObject({
      message: 'the peer hung up without close_notify',
      alert: undefined,
    });
    const noticed = made.units.filter(({ unit }) => unit.action === 'receive_end').map(({ party }) => party);
    expect(noticed.toSorted()).toEqual(['client', 'server']);
    expect(made.records.some(({ messages }) => messages.some(({ name }) => name === 'alert'))).toBe(false);
    expect(made.steps.slice(-2).map(({ id }) => id)).toEqual([last, 'alert']);
    expect(titleOf(made)).toMatch(/^The (client|server) gave this connection up/);
    expect(made.question).toBeUndefined();
  });
});

describe('a side whose connection is over', () => {
  it('closes its end of the transport, which tells the other one that no alert will come', {
    timeout: 60_000,
  }, async () => {
    const made = await run(
      ECDHE,
      { is: 'alter', record: record('client', 'request'), offset: -1, mask: 1 },
      { is: 'drop', record: record('server', 'alert') },
    );
    expect(failureIn(made)).toMatchObject({ party: 'server', report: { alert: 'bad_record_mac' } });
    expect(made.records.at(-1)).toMatchObject({ from: 'server', contentType: 'alert', fate: { is: 'dropped' } });
    const noticed = made.units.filter(({ unit }) => unit.action === 'receive_end');
    expect(noticed.map(({ party }) => party)).toEqual(['client']);
    for (const party of ['client', 'server'] as const) {
      const last = made.units.findLast((unit) => unit.party === party);
      expect(last?.unit.action).toBe('erase_keys');
    }
  });
});

describe('a server whose runs stall', () => {
  it('keeps its key, and connects as before', { timeout: 60_000 }, async () => {
    const first = await run(RSA);
    const stalled = await run(RSA, { is: 'drop', record: record('client', 'request') });
    const again = await run(RSA);
    expect([first, stalled, again].map(({ outcome }) => outcome.is)).toEqual(['complete', 'stalled', 'complete']);
    expect(disagreements(again)).toEqual([]);
  });
});

/** All that is said of a run's steps, filled. What a step cannot say throws. */
function sentences(made: Run): readonly string[] {
  const known = facts(english, made);
  return [
    titleOf(made),
    ...made.steps
      .flatMap(({ id }) => Object.values(stepWords(english, made, id)))
      .map((text: string) => fill(text, known)),
    ...made.unreached.map((id) => stepWords(english, made, id).title),
  ];
}

describe.each([RSA, ECDHE, CBC, SHOWN, TICKET].map((options) => [describeOptions(options), options] as const))(
  'with %s, each record',
  (_, options) => {
    let addresses: readonly RecordAddress[];
    beforeAll(async () => {
      const made = await run(options);
      expect(made.outcome).toEqual({ is: 'complete' });
      expect(made.records.every(({ fate, received }) => fate.is === 'delivered' && received)).toBe(true);
      addresses = addressesIn(made);
      expect(addresses.length).toBeGreaterThanOrEqual(10);
    }, 60_000);

    it.each([
      ['dropped', (address: RecordAddress) => ({ is: 'drop', record: address }) as const],
      ['changed', (address: RecordAddress) => ({ is: 'alter', record: address, offset: -1, mask: 0x80 }) as const],
      ['the last', (address: RecordAddress) => ({ is: 'cut', after: address }) as const],
    ])('%s: an outcome, in order, with words', { timeout: 120_000 }, async (__, intervention) => {
      for (const address of addresses) {
        const made = await run(options, intervention(address));
        const what = `${address.from} ${address.at.id} ${address.nth}: ${titleOf(made)}`;
        // Whoever has said close_notify, and gets it back changed or not at all, may have been served all the same.
        if (address.at.id !== 'close') expect(made.outcome.is, what).not.toBe('complete');
        expect(
          made.steps.flatMap(({ units }) => units),
          what,
        ).toEqual(made.units.map(({ index }) => index));
        // Who has its handshake behind it may say something before it reads the alert, which then ends the connection again.
        expect(
          made.steps.filter(({ id, occurrence }) => occurrence > 1 && id !== 'alert'),
          what,
        ).toEqual([]);
        expect(disagreements(made), what).toEqual([]);
        expect(unexplainedPostings(made), what).toEqual([]);
        const said = [...sentences(made), ...drawn(made).map(([, text]) => text)];
        for (const sentence of said) expect(sentence, what).not.toMatch(/[{}]|undefined|NaN/);
      }
    });
  },
);

/** How each record of the connection is addressed. */
function addressesIn(made: Run): readonly RecordAddress[] {
  return made.steps
    .filter(({ id }) => id !== 'session')
    .flatMap(({ id, records }) =>
      (['client', 'server'] as const).flatMap((from) =>
        records.filter((index) => made.records[index]?.from === from).map((_, index) => record(from, id, index + 1)),
      ),
    );
}
