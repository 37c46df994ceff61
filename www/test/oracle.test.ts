/**
 * The claim once more, by an oracle that shares no code with the page's search: private keys are taken apart by Node's own
 * cryptography, written down in every form that a program might keep them in, and looked for with `Buffer.indexOf`, in the whole
 * memories of all parties, after every unit of work, and in everything that was posted into a party's worker.
 */

import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LoggedUnit } from '../src/run/log';
import { PARTIES, type Party, type Run, type RunOptions } from '../src/run/model';
import { plantingAt } from './made';
import { OPTIONS, runOnce, startParties } from './parties';

/** A form in which a private key, or half of one of its numbers, would give it away. */
interface Needle {
  readonly key: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** Bytes that were searched: a memory after a unit of work, or what was posted into a worker. */
interface Place {
  readonly party: Party;
  readonly what: 'memory' | 'posting';
  readonly bytes: Buffer;
}

interface Hit {
  readonly party: Party;
  readonly what: Place['what'];
  readonly key: string;
  readonly form: string;
  /** In how many places. */
  readonly times: number;
}

interface Watched {
  readonly run: Run;
  readonly places: readonly Place[];
  readonly needles: readonly Needle[];
  /** Units of work, as they were counted while the run was made. */
  readonly units: number;
}

/** The encodings of a number or of a structure. */
function encodings(name: string, bytes: Buffer): (readonly [form: string, Buffer])[] {
  const text = (form: string, said: string) => [`${name}, ${form}`, Buffer.from(said, 'latin1')] as const;
  return [
    [`${name}, big endian`, bytes],
    [`${name}, little endian`, Buffer.from(bytes).reverse()],
    text('hex', bytes.toString('hex')),
    text('HEX', bytes.toString('hex').toUpperCase()),
    text('base64', bytes.toString('base64').replace(/=+$/, '')),
    text('base64url', bytes.toString('base64url')),
    text('decimal', BigInt(`0x${bytes.toString('hex')}`).toString()),
  ];
}

/** The halves of a number, in both byte orders. */
function halves(name: string, bytes: Buffer): (readonly [form: string, Buffer])[] {
  const middle = bytes.length / 2;
  return [bytes.subarray(0, middle), bytes.subarray(middle)].flatMap((half, index) => [
    [`half ${index + 1} of ${name}, big endian`, half] as const,
    [`half ${index + 1} of ${name}, little endian`, Buffer.from(half).reverse()] as const,
  ]);
}

/** All forms of a long-lived private key that comes in PKCS#8. */
function formsOf(pkcs8: Buffer): (readonly [form: string, Buffer])[] {
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const jwk = key.export({ format: 'jwk' });
  const number = (base64url: string | undefined): Buffer => Buffer.from(base64url ?? '', 'base64url');
  const numbers =
    key.asymmetricKeyType === 'rsa'
      ? ([
          ['d', jwk.d],
          ['p', jwk.p],
          ['q', jwk.q],
          ['dP', jwk.dp],
          ['dQ', jwk.dq],
          ['qInv', jwk.qi],
        ] as const)
      : ([['d', jwk.d]] as const);
  const inner = key.asymmetricKeyType === 'rsa' ? key.export({ format: 'der', type: 'pkcs1' }) : undefined;
  return [
    ...encodings('PKCS#8', pkcs8),
    ...(inner ? encodings('PKCS#1', inner) : []),
    ...numbers.flatMap(([name, value]) => encodings(name, number(value))),
    ...numbers
      .filter(([name]) => ['d', 'p', 'q'].includes(name))
      .flatMap(([name, value]) => halves(name, number(value))),
  ];
}

/** The private keys that a run's units report, and every form of each. */
function needlesOf(units: readonly LoggedUnit[]): readonly Needle[] {
  const all = new Map<string, Needle>();
  const values = units.flatMap(({ unit }) =>
    unit.events.flatMap((event) => (event.type === 'held' ? [event.value] : [])),
  );
  for (const { name, kind, parts } of values) {
    if (kind !== 'private_key' && kind !== 'ephemeral_private_key') continue;
    const pkcs8 = parts.find((part) => part.name === 'pkcs8');
    const bytes = Buffer.from((pkcs8 ?? parts[0])?.bytes ?? []);
    const forms = pkcs8 ? formsOf(bytes) : [...encodings('key', bytes), ...halves('key', bytes)];
    for (const [form, needle] of forms) {
      if (needle.length < 12) throw new Error(`${name}, ${form}: too short to mean anything`);
      all.set(`${name} ${needle.toString('hex')}`, { key: name, form, bytes: needle });
    }
  }
  return [...all.values()];
}

function hits(places: readonly Place[], needles: readonly Needle[]): readonly Hit[] {
  const found = new Map<string, Hit>();
  for (const { party, what, bytes } of places) {
    for (const { key, form, bytes: needle } of needles) {
      if (bytes.indexOf(needle) < 0) continue;
      const name = [party, what, key, form].join();
      found.set(name, { party, what, key, form, times: (found.get(name)?.times ?? 0) + 1 });
    }
  }
  return [...found.values()];
}

async function watch(options: RunOptions): Promise<Watched> {
  const parties = await startParties();
  const memories: Place[] = [];
  const units: LoggedUnit[] = [];
  const latest = new Map<Party, Buffer>();
  // Whoever did not work may have been handed bytes, so all four are looked at; what has not changed need not be searched again.
  const look = (): void => {
    for (const party of PARTIES) {
      const now = Buffer.from(parties[party].inside.memory.buffer);
      const before = latest.get(party);
      if (before?.equals(now)) continue;
      const bytes = Buffer.from(now);
      latest.set(party, bytes);
      memories.push({ party, what: 'memory', bytes });
    }
  };
  const run = await runOnce(parties, options, (unit) => {
    units.push(unit);
    look();
  });
  look();
  const postings = run.postings.map(
    ({ party, bytes }): Place => ({ party, what: 'posting', bytes: Buffer.from(bytes) }),
  );
  return { run, places: [...memories, ...postings], needles: needlesOf(units), units: units.length };
}

/** Who makes a key, and so may hold it. */
const OWNER: Readonly<Record<string, Party>> = {
  server_private_key: 'server',
  server_ephemeral_private_key: 'server',
  client_private_key: 'client',
  client_ephemeral_private_key: 'client',
  root_private_key: 'authority',
  intermediate_private_key: 'authority',
};

/** In its owner's memory a key rests in PKCS#8, in which each number stands big endian, or is nothing but its number. */
function isAtRest({ form }: Hit): boolean {
  return form.endsWith('big endian');
}

const WATCHED: readonly (readonly [string, RunOptions, keys: readonly string[]])[] = [
  ['RSA', OPTIONS, []],
  [
    'DHE',
    { ...OPTIONS, handshake: 'dhe', group: 'ffdhe2048' },
    ['client_ephemeral_private_key', 'server_ephemeral_private_key'],
  ],
  [
    'ECDHE, ECDSA and a certificate of the client',
    { ...OPTIONS, handshake: 'ecdhe', certificate: 'ecdsa', clientCertificate: 'shown' },
    ['client_ephemeral_private_key', 'server_ephemeral_private_key', 'client_private_key'],
  ],
  ['a session resumed by ticket', { ...OPTIONS, handshake: 'ecdhe', resumption: 'session-ticket' }, []],
];

describe.each(WATCHED)('with %s', (name, options, keys) => {
  it('no private key is anywhere but with its owner, in any form', { timeout: 240_000 }, async () => {
    const { run, places, needles, units } = await watch(options);
    expect(run.outcome).toEqual({ is: 'complete' });
    const found = hits(places, needles);
    const strange = found.filter((hit) => hit.what === 'posting' || OWNER[hit.key] !== hit.party || !isAtRest(hit));
    expect(strange).toEqual([]);

    // It looked for all of them, everywhere: each key is found where it is at home.
    const sought = new Set(needles.map(({ key }) => key));
    const always = ['server_private_key', 'root_private_key', 'intermediate_private_key'];
    for (const key of [...always, ...keys]) {
      expect(sought).toContain(key);
      expect(found.some((hit) => hit.key === key && hit.party === OWNER[key])).toBe(true);
    }
    const memories = places.filter(({ what }) => what === 'memory');
    const postings = places.filter(({ what }) => what === 'posting');
    expect(units).toBe(run.units.length);
    expect(memories.length).toBeGreaterThanOrEqual(units);
    expect(postings.length).toBe(run.postings.length);
    expect(postings.length).toBeGreaterThan(10);
    expect(new Set(memories.map(({ party }) => party)).size).toBe(4);
    const megabytes = Math.round(places.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6);
    console.info(
      `${name}: ${needles.length} forms of ${sought.size} keys, in ${memories.length} memories and ${postings.length} postings, ${megabytes} MB`,
    );
  });
});

describe('the oracle', () => {
  it('finds every form of every key in a memory that it is written into', { timeout: 120_000 }, async () => {
    const { places, needles } = await watch({ ...OPTIONS, handshake: 'ecdhe' });
    const last = places.findLast(({ party, what }) => party === 'client' && what === 'memory');
    if (!last) throw new Error("the client's memory was never seen");
    const strange = () => hits([last], needles).filter(({ key }) => OWNER[key] !== 'client');
    expect(strange()).toEqual([]);
    for (const { key, form, bytes } of needles.filter((needle) => OWNER[needle.key] !== 'client')) {
      const at = last.bytes.length - 4096;
      const before = Buffer.from(last.bytes.subarray(at));
      bytes.copy(last.bytes, at);
      expect(
        strange().some((hit) => hit.key === key && hit.form === form),
        `${key}, ${form}`,
      ).toBe(true);
      before.copy(last.bytes, at);
    }
    expect(strange()).toEqual([]);
  });

  it('finds the key that the page plants, in the posting and in the memory', { timeout: 120_000 }, async () => {
    const { places, needles } = await watch({ ...OPTIONS, handshake: 'ecdhe', ...plantingAt('read') });
    const strange = hits(places, needles).filter(({ key, party }) => OWNER[key] !== party);
    expect(new Set(strange.map(({ party, key }) => `${party} ${key}`))).toEqual(new Set(['client server_private_key']));
    expect(new Set(strange.map(({ what }) => what))).toEqual(new Set(['memory', 'posting']));
    expect(strange.map(({ form }) => form)).toContain('d, big endian');
  });
});
