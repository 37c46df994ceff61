/** Real runs, as the page gets them: steps, records, possession, and the answers to the opening question. */

import { describe, expect, it } from 'vitest';
import { leaves } from '../src/run/bytes';
import { diagramRows } from '../src/run/diagram';
import type { Run, RunOptions, Step, StepId } from '../src/run/model';
import { failureIn } from '../src/run/outcome';
import { isKeptByEve } from '../src/run/overheard';
import { possession, possessions } from '../src/run/possession/possession';
import { isCounted, rank, stepsFor } from '../src/run/steps';
import { THE_KEY } from '../src/run/values';
import { reading, wireSoFar } from '../src/run/wire';
import { opensRecords } from './opened-records';
import { ALL_OPTIONS, ASKING, connect, eachRun, OPTIONS, setUp, startParties } from './parties';

function step(run: Run, id: StepId): Step {
  const found = run.steps.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`the run has no step ${id}`);
  return found;
}

/** By key exchange and certificate, the suite of each cipher; what is not here is not offered. */
const NEGOTIATED: Readonly<Record<string, Partial<Record<RunOptions['cipher'], string>>>> = {
  'rsa rsa': {
    'aes-128-gcm': 'TLS_RSA_WITH_AES_128_GCM_SHA256',
    'aes-256-gcm': 'TLS_RSA_WITH_AES_256_GCM_SHA384',
    'aes-128-cbc': 'TLS_RSA_WITH_AES_128_CBC_SHA',
  },
  'dhe rsa': {
    'aes-128-gcm': 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
    'aes-256-gcm': 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
    'chacha20-poly1305': 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  },
  'ecdhe rsa': {
    'aes-128-gcm': 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    'aes-256-gcm': 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'chacha20-poly1305': 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
    'aes-128-cbc': 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  },
  'dh-anon rsa': { 'aes-128-gcm': 'TLS_DH_anon_WITH_AES_128_GCM_SHA256' },
  'ecdhe ecdsa': {
    'aes-128-gcm': 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    'aes-256-gcm': 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
    'chacha20-poly1305': 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  },
};

eachRun([...ALL_OPTIONS, ...ASKING], (options, made) => {
  opensRecords(made);

  it('negotiates what was chosen', () => {
    const { handshake, certificate, cipher } = options;
    expect(made.run.negotiated?.cipherSuite).toBe(NEGOTIATED[`${handshake} ${certificate}`]?.[cipher]);
    expect(made.run.negotiated?.encryptThenMac).toBe(options.encryptThenMac && cipher === 'aes-128-cbc');
    expect(made.run.negotiated?.group).toBe(handshake === 'rsa' ? undefined : options.group);
    expect(made.run.negotiated?.extendedMasterSecret).toBe(options.extendedMasterSecret);
    expect(made.run.outcome).toEqual({ is: 'complete' });
  });

  it('has the steps of its handshake, in order, the certificate before the count and the close after it', () => {
    expect(made.run.steps.map(({ id }) => id)).toEqual([...stepsFor(options), 'close']);
    const counted = made.run.steps.filter(({ number }) => number !== null);
    expect(counted.map(({ number }) => number)).toEqual(
      stepsFor(options)
        .filter(isCounted)
        .map((_id, index) => index + 1),
    );
    expect(made.run.steps.filter(({ number }) => number === null).map(({ id }) => id)).toEqual([
      'certificate',
      'close',
    ]);
    expect(made.run.stepCount).toBe(counted.length);
  });

  it('has its units in the order of its steps', () => {
    const units = made.run.steps.flatMap((each) => each.units);
    expect(units).toEqual(made.run.units.map((_unit, index) => index));
    const ranks = made.run.steps.map(({ id }) => rank(id, options));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });

  it('has every record as both sides saw it', () => {
    expect(made.run.records.length).toBeGreaterThan(8);
    for (const record of made.run.records) {
      const received = record.received && made.run.buffers.get(`${record.to}/connection/${record.received.id}`);
      expect(received?.bytes, `record ${record.index}`).toEqual(record.bytes);
      expect(record.messages.length, `record ${record.index}`).toBeGreaterThan(0);
    }
  });

  it('has the reply with Eve too, byte by byte', () => {
    const reply = made.run.records[made.run.question?.record ?? -1];
    if (!reply) throw new Error('no reply');
    expect(isKeptByEve(made.run, reply)).toBe(true);
    const other = reply.bytes.slice();
    other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
    expect(isKeptByEve(made.run, { ...reply, bytes: other })).toBe(false);
  });

  it('has fields that tile every buffer', () => {
    expect(made.run.buffers.size).toBeGreaterThan(20);
    for (const [key, buffer] of made.run.buffers) {
      let at = 0;
      for (const { field } of leaves(buffer.fields)) {
        expect(field.start, key).toBe(at);
        at = field.end;
      }
      expect(at, key).toBe(buffer.bytes.length);
    }
  });

  it("uses the server's private key at most once, in the server", () => {
    const states = made.run.steps.map((each) => [each.id, possession(made.run, each, 'server', THE_KEY).is]);
    const using = { rsa: 'decrypt', dhe: 'sign', ecdhe: 'sign', 'dh-anon': undefined }[options.handshake];
    expect(states).toEqual(
      made.run.steps.map(({ id }) => [id, id === 'certificate' ? 'new' : id === using ? 'used now' : 'held']),
    );
  });

  it("never has the server's private key elsewhere", () => {
    for (const party of ['client', 'authority'] as const) {
      for (const each of made.run.steps) expect(possession(made.run, each, party, THE_KEY)).toEqual({ is: 'never' });
    }
    const rows = possessions(made.run, step(made.run, 'read'), 'client').map(({ name }) => name);
    expect(rows).toContain(THE_KEY);
    expect(rows.includes('server_public_key')).toBe(options.handshake !== 'dh-anon');
  });

  it('erases what could rebuild the secret, and at the end all keys', () => {
    const last = step(made.run, 'close');
    for (const party of ['client', 'server'] as const) {
      const preMaster = possession(made.run, step(made.run, 'data-keys'), party, 'pre_master_secret');
      expect(preMaster.is).toBe('erased');
      expect(possession(made.run, step(made.run, 'read'), party, 'server_write_key').is).not.toBe('erased');
      expect(possession(made.run, last, party, 'server_write_key').is).toBe('erased');
      expect(possession(made.run, last, party, 'master_secret').is).toBe('erased');
      if (options.handshake !== 'rsa') {
        const own = party === 'client' ? 'client_ephemeral_private_key' : 'server_ephemeral_private_key';
        expect(possession(made.run, step(made.run, 'erase'), party, own)).toMatchObject({ is: 'erased', now: true });
        expect(possession(made.run, step(made.run, 'agree'), party, own).is).toBe('used now');
      }
    }
  });

  it('answers the opening question with what happened', () => {
    const outcomes = made.run.question?.attempts.map(({ party, attempt }) => [
      party,
      attempt.key,
      attempt.outcome.code,
    ]);
    expect(outcomes?.map(([party, key]) => [party, key])).toEqual([
      ['server', 'server_private_key'],
      ['client', 'server_public_key'],
      ['client', 'server_write_key'],
    ]);
    expect(outcomes?.map(([, , code]) => code === 'opened')).toEqual([false, false, true]);
    const opened = made.run.question?.attempts.at(-1)?.attempt.outcome;
    const text = opened?.code === 'opened' ? new TextDecoder().decode(opened.plaintext) : '';
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it('says what a listener lacks to read the reply', () => {
    const reply = made.run.records[made.run.question?.record ?? -1];
    if (!reply) throw new Error('there is no reply');
    const { by, key, holders, lacks } = reading(made.run, reply);
    expect({ by, key, holders }).toEqual({ by: 'holders', key: 'server_write_key', holders: ['client', 'server'] });
    const names = lacks.map(({ name, erasedIn }) => [name, erasedIn?.id]);
    if (options.handshake === 'rsa') expect(names).toEqual([['server_private_key', undefined]]);
    else {
      expect(names.toSorted()).toEqual([
        ['client_ephemeral_private_key', 'erase'],
        ['server_ephemeral_private_key', 'erase'],
      ]);
    }
  });

  it('draws what crosses the wire by how it is protected', () => {
    const line = (id: StepId) =>
      diagramRows(made.run, step(made.run, id)).flatMap((row) =>
        row.kind === 'arrow' ? [[row.messages, row.protection]] : [],
      );
    expect(line('client-hello')).toEqual([[['client_hello'], 'none']]);
    expect(line('client-key')).toEqual([[['client_key_exchange'], options.handshake === 'rsa' ? 'public' : 'none']]);
    expect(line('client-finished')).toEqual([
      [['change_cipher_spec'], 'none'],
      [['finished'], 'app'],
    ]);
    expect(line('request')).toEqual([[['application_data'], 'app']]);
  });

  it('has on the wire at each step what was sent by then', () => {
    const counts = made.run.steps.map((each) => wireSoFar(made.run, each).length);
    expect(counts[0]).toBe(0);
    expect(counts.at(-1)).toBe(made.run.records.length);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it('draws two boxes side by side where both compute', () => {
    const [row] = diagramRows(made.run, step(made.run, 'data-keys'));
    expect(row?.kind === 'boxes' && row.boxes.map(({ lane }) => lane).toSorted()).toEqual(['client', 'server']);
  });
});

describe('a client that expects another name', () => {
  it('ends the handshake with an alert, and the run tells of it', { timeout: 60_000 }, async () => {
    const parties = await startParties();
    const before = await setUp(parties, OPTIONS);
    const run = await connect(parties, { ...OPTIONS, serverName: 'other.example' }, before);
    expect(failureIn(run)?.party).toBe('client');
    expect(failureIn(run)?.report.alert).toBe('bad_certificate');
    expect(run.steps.map(({ id }) => id)).toEqual([
      'certificate',
      'client-hello',
      'server-hello',
      'identity',
      'verify',
      'alert',
    ]);
    expect(run.records.at(-1)?.messages.map(({ name }) => name)).toEqual(['alert']);
    expect(run.question).toBeUndefined();
  });
});
