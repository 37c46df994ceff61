/**
 * What the parties' memories hold, after every unit of work, compared with what the parties declare to hold.
 *
 * The one claim behind the page: every secret that a party declares rests in its memory in exactly one place, and
 * nothing that it does not declare is there.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LoggedUnit } from '../src/run/log';
import { wholeMemory } from '../src/run/memory';
import type { Party, Value, ValueName } from '../src/run/model';
import { PARTIES } from '../src/run/model';
import { findValue, isOpen } from '../src/run/values';
import { type Found, find } from './find';
import { plantingAt } from './made';
import {
  ASKING,
  connect,
  describeOptions,
  type LocalParties,
  OPTIONS,
  RESUMING,
  runOnce,
  SCENARIOS,
  searchable,
  setUp,
  startParties,
} from './parties';

/** A party whose memory and declarations disagree about a secret. */
interface Disagreement {
  readonly after: string;
  readonly party: Party;
  readonly secret: string;
  readonly declared: boolean;
  readonly copies: readonly string[];
}

/** Searches all memories after every unit, for all secrets that came up so far. */
class Watch {
  readonly disagreements: Disagreement[] = [];
  readonly #parties: LocalParties;
  readonly #secrets = new Map<string, Value>();
  /** By party, the value that each name stands for now: another one in every connection. */
  readonly #current = new Map<Party, Map<ValueName, string>>();
  #units = 0;

  constructor(parties: LocalParties) {
    this.#parties = parties;
  }

  readonly observe = ({ party, unit }: LoggedUnit): void => {
    this.#units += 1;
    const current = this.#current.get(party) ?? new Map<ValueName, string>();
    this.#current.set(party, current);
    for (const value of unit.events.flatMap(valuesIn).filter(({ kind }) => !isOpen(kind))) {
      this.#secrets.set(keyOf(value), value);
      current.set(value.name, keyOf(value));
    }
    for (const searched of PARTIES) this.#search(searched, `unit ${this.#units}, ${party} ${unit.action}`);
  };

  /** How many searches were made of each party's memory. */
  get searches(): number {
    return this.#units;
  }

  get secrets(): readonly ValueName[] {
    return [...this.#secrets.values()].map((value) => value.name);
  }

  #search(party: Party, after: string): void {
    const { bytes, base } = searchable(this.#parties[party].inside);
    const declared = new Set(this.#declared(party));
    for (const found of find(bytes, [...this.#secrets.values()], base)) {
      const { value } = found;
      const isCurrent = this.#current.get(party)?.get(value.name) === keyOf(value);
      this.#compare(found, party, isCurrent && declared.has(value.name), after);
    }
  }

  #declared(party: Party): readonly ValueName[] {
    const host = this.#parties[party];
    // Before it is created, a party holds nothing; its memory is searched all the same.
    return host.isCreated ? host.holdings().map((holding) => holding.name) : [];
  }

  #compare({ value, copies, pieces }: Found, party: Party, declared: boolean, after: string): void {
    for (const [part, addresses] of copies) {
      if (addresses.length === (declared ? 1 : 0)) continue;
      const secret = part ? `${value.name}.${part}` : value.name;
      this.disagreements.push({ after, party, secret, declared, copies: addresses.map(hex) });
    }
    if (pieces.length > 0) {
      const copies = pieces.map(({ needle, at }) => `${hex(at)}: ${needle.part} ${needle.form} at ${needle.offset}`);
      this.disagreements.push({ after, party, secret: `pieces of ${value.name}`, declared: false, copies });
    }
  }
}

function keyOf(value: Value): string {
  return `${value.name} ${value.parts.map((part) => part.bytes.join()).join(';')}`;
}

function valuesIn(event: LoggedUnit['unit']['events'][number]): readonly Value[] {
  if (event.type === 'held') return [event.value];
  return event.type === 'computation' ? [...event.inputs, ...event.outputs] : [];
}

function hex(address: number): string {
  return `0x${address.toString(16)}`;
}

const OFTEN = ['server_private_key', 'pre_master_secret', 'master_secret', 'server_write_key', 'request', 'reply'];

describe.each([...SCENARIOS, ...ASKING, ...RESUMING].map((options) => [describeOptions(options), options] as const))(
  'with %s',
  (_, options) => {
    it('every party holds exactly what it declares, once, after every unit', { timeout: 120_000 }, async () => {
      const parties = await startParties();
      const watch = new Watch(parties);
      const run = await runOnce(parties, options, watch.observe);
      expect(run.outcome).toEqual({ is: 'complete' });
      expect(watch.disagreements).toEqual([]);
      // A search that looks for nothing finds nothing, too.
      const exchanged =
        options.handshake === 'rsa' ? [] : ['client_ephemeral_private_key', 'server_ephemeral_private_key'];
      const seeds = options.seed ? ['authority_seed', 'client_seed', 'server_seed'] : [];
      const own = options.clientCertificate === 'shown' ? ['client_private_key'] : [];
      for (const name of [...OFTEN, ...exchanged, ...own, ...seeds]) expect(watch.secrets).toContain(name);
      expect(watch.searches).toBe(run.units.length);
      expect(new Set(run.units.map(({ party }) => party))).toEqual(new Set(PARTIES));
    });
  },
);

describe('a second connection with the same server', () => {
  it('leaves nothing of the first', { timeout: 120_000 }, async () => {
    const parties = await startParties();
    const watch = new Watch(parties);
    const options = { ...OPTIONS, handshake: 'ecdhe' } as const;
    const before = await setUp(parties, options, watch.observe);
    await connect(parties, options, before, watch.observe);
    await connect(parties, options, before, watch.observe);
    expect(watch.disagreements).toEqual([]);
    // Two of each: those of the first connection were looked for during the second.
    expect(watch.secrets.filter((name) => name === 'master_secret')).toHaveLength(2);
  });
});

describe('a handshake that fails', () => {
  it('leaves nothing of the connection', { timeout: 60_000 }, async () => {
    const parties = await startParties();
    const watch = new Watch(parties);
    const options = { ...OPTIONS, handshake: 'ecdhe' } as const;
    const before = await setUp(parties, options, watch.observe);
    const run = await connect(parties, { ...options, serverName: 'other.example' }, before, watch.observe);
    expect(run.outcome.is).toBe('failed');
    expect(watch.secrets).toContain('server_ephemeral_private_key');
    expect(watch.disagreements).toEqual([]);
  });
});

describe('the search', () => {
  it("turns positive where the server's private key is planted in the client", { timeout: 60_000 }, async () => {
    const parties = await startParties();
    const watch = new Watch(parties);
    let last: LoggedUnit | undefined;
    const run = await runOnce(parties, OPTIONS, (unit) => {
      last = unit;
      watch.observe(unit);
    });
    expect(watch.disagreements).toEqual([]);

    const key = findValue(run, 'server_private_key')?.parts.find((part) => part.name === 'd');
    const { memory } = parties.client.inside;
    const at = memory.buffer.byteLength - 1024;
    if (!key || !last) throw new Error('the run shows no private key');
    new Uint8Array(memory.buffer).set(key.bytes, at);
    watch.observe(last);
    expect(watch.disagreements.map(({ party, secret, copies }) => [party, secret, copies])).toEqual([
      ['client', 'server_private_key.d', [hex(at)]],
    ]);

    // Half of it is found as pieces.
    new Uint8Array(memory.buffer).fill(0, at, at + key.bytes.length / 2);
    watch.disagreements.length = 0;
    watch.observe(last);
    expect(watch.disagreements.map(({ party, secret }) => [party, secret])).toEqual([
      ['client', 'pieces of server_private_key'],
    ]);
  });
});

describe('the parties', () => {
  it('have a memory each', async () => {
    const { authority, client, eavesdropper, reader, server } = await startParties();
    const all = [authority, client, eavesdropper, reader, server];
    expect(new Set(all.map((party) => party.inside.memory)).size).toBe(5);
  });
});

describe('what the page keeps of a memory', () => {
  it('is that memory, byte for byte, after every unit of two connections', { timeout: 120_000 }, async () => {
    const parties = await startParties();
    const different: string[] = [];
    const observe = ({ party, unit, image }: LoggedUnit): void => {
      const { memory } = parties[party].inside;
      if (Buffer.compare(wholeMemory(image), new Uint8Array(memory.buffer)) !== 0) different.push(unit.action);
    };
    const before = await setUp(parties, OPTIONS, observe);
    await connect(parties, OPTIONS, before, observe);
    await connect(parties, { ...OPTIONS, ...plantingAt('read') }, before, observe);
    expect(different).toEqual([]);
  });

  it('says where static data end and the heap begins', async () => {
    const { client } = await startParties();
    const { memory, stackTop, heapBase } = client.inside;
    expect(heapBase).toBeGreaterThan(stackTop);
    expect(heapBase).toBeLessThan(memory.buffer.byteLength);
  });
});

describe('the stack', () => {
  it('is as large as the build asks for, and its top is what the module exports', async () => {
    const config = readFileSync(new URL('../../.cargo/config.toml', import.meta.url), 'utf8');
    const asked = /link-arg=-zstack-size=(\d+)/.exec(config)?.[1];
    const { client } = await startParties();
    expect(client.inside.stackTop).toBe(Number(asked));
  });

  it('holds nothing between two calls', { timeout: 120_000 }, async () => {
    const parties = await startParties();
    const dirty: string[] = [];
    await runOnce(parties, OPTIONS, ({ party, unit }) => {
      const { memory, stackTop } = parties[party].inside;
      if (new Uint8Array(memory.buffer, 0, stackTop).some((byte) => byte !== 0)) dirty.push(`${party} ${unit.action}`);
    });
    expect(dirty).toEqual([]);
  });
});
