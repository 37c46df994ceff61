/** The glass over real runs: what the searches found, at every step, of every value, in every party's memory. */

import { describe, expect, it } from 'vitest';
import { wholeMemory } from '../src/run/memory';
import type { Party, Run, ValueName } from '../src/run/model';
import { PARTIES } from '../src/run/model';
import { disagreements, looksOf, searchCount, unexplainedPostings } from '../src/run/possession/findings';
import { possession } from '../src/run/possession/possession';
import { bytesOf } from '../src/run/search/pack';
import { findValue, rows, THE_KEY } from '../src/run/values';
import { ASKING, connect, eachRun, OPTIONS, RESUMING, SCENARIOS, setUp, startParties } from './parties';

const BUDGET = 16 * 1024 * 1024;

/** In how many of its searches a value, or a piece of it, was found in a party's memory. */
function sightingsIn(run: Run, party: Party, name: ValueName): number {
  return looksOf(run, party).filter((look) => look.findings.some((finding) => finding.name === name)).length;
}

eachRun([...SCENARIOS, ...ASKING, ...RESUMING], (options, made) => {
  it('has no disagreement, at any step, about any value', () => {
    expect(made.run.outcome).toEqual({ is: 'complete' });
    expect(disagreements(made.run)).toEqual([]);
    // Nothing disagrees about what nobody looked for.
    const names = rows(made.run).map(({ name }) => name);
    for (const name of [
      THE_KEY,
      'root_private_key',
      'pre_master_secret',
      'master_secret',
      'server_write_key',
      'request',
      'reply',
    ]) {
      expect(names).toContain(name);
    }
  });

  it('has one value to each name of a secret; in two connections, two of what each draws anew', () => {
    const counts = rows(made.run).map(({ name, kind, values }) => ({ name, kind, count: values.length }));
    const several = counts.filter(({ count }) => count !== 1);
    if (options.resumption === 'none') expect(several).toEqual([]);
    else {
      const anew = counts.filter(({ name, kind }) => kind === 'traffic_key' || name === 'request');
      expect(several.filter(({ kind }) => kind !== 'public_key')).toEqual(anew.map((each) => ({ ...each, count: 2 })));
      expect(anew.length).toBeGreaterThan(3);
    }
  });

  it("never has the server's private key but in the server, in as many searches as there are steps, and more", () => {
    for (const party of ['authority', 'client', 'eavesdropper'] as const) {
      expect(sightingsIn(made.run, party, THE_KEY)).toBe(0);
      for (const step of made.run.steps) {
        expect(possession(made.run, step, party, THE_KEY)).toEqual({ is: 'never' });
        expect(searchCount(made.run, step, party)).toBeGreaterThan(step.index);
      }
    }
    expect(sightingsIn(made.run, 'server', THE_KEY)).toBe(looksOf(made.run, 'server').length);
  });

  it('has exactly one copy of what is held, in canonical order, at every step', () => {
    const hidden = rows(made.run).filter(
      ({ kind, searchable }) => searchable && kind !== 'public_key' && kind !== 'certificate',
    );
    let copies = 0;
    for (const look of made.run.looks) {
      for (const { name } of hidden) {
        const finding = look.findings.find((each) => each.name === name);
        const parts = finding?.copies.map(({ part }) => part) ?? [];
        expect(new Set(parts).size, `${name} in ${look.party} after unit ${look.unit}`).toBe(parts.length);
        expect(finding?.copies.filter(({ reversed }) => reversed) ?? []).toEqual([]);
        copies += parts.length;
      }
    }
    expect(copies).toBeGreaterThan(100);
  });

  it("has each party's seed in that party only", () => {
    const seeds = (['authority_seed', 'client_seed', 'server_seed'] as const).filter((name) =>
      findValue(made.run, name),
    );
    expect(seeds).toHaveLength(options.seed ? 3 : 0);
    for (const name of seeds) {
      const holders = PARTIES.filter((party) => sightingsIn(made.run, party, name) > 0);
      expect(holders.map((party) => `${party}_seed`)).toEqual([name]);
    }
  });

  it('posts no secret into any worker, but for a seed into its own', () => {
    expect(unexplainedPostings(made.run)).toEqual([]);
    const kinds = new Map(rows(made.run).map(({ name, kind }) => [name, kind]));
    const secrets = made.run.postings.flatMap(({ party, call, findings }) =>
      findings
        .filter(({ name }) => !['public_key', 'certificate'].includes(kinds.get(name) ?? ''))
        .map(({ name }) => `${call} of ${party}: ${name}`),
    );
    const seeds = [
      'create of authority: authority_seed',
      'create of server: server_seed',
      'create of client: client_seed',
    ];
    expect(secrets).toEqual(options.seed ? seeds : []);
    // The certificate was posted, and found where it was.
    const installed = made.run.postings.filter(({ call }) => call === 'installCertificate');
    expect(installed.flatMap(({ findings }) => findings.map(({ name }) => name))).toContain('server_certificate');
  });

  it('fits the budget with all its memories', () => {
    const bytes = bytesOf(made.run.looks.map((look) => look.image));
    expect(bytes).toBeLessThan(BUDGET);
    expect(bytes).toBeGreaterThan(wholeMemory(made.run.looks[0]?.image ?? EMPTY).filter((byte) => byte !== 0).length);
  });

  it('has every record in Eve’s memory right after it was sent, in the step that sent it', () => {
    const kept = made.run.units.filter(({ unit }) => unit.action === 'keep_record');
    expect(kept).toHaveLength(made.run.records.length);
    for (const record of made.run.records) {
      const unit = kept[record.index];
      const step = made.run.steps.find(({ units }) => units.includes(record.sentBy));
      expect(step?.units).toContain(unit?.index);
      expect(unit?.index).toBeGreaterThan(record.sentBy);
      expect(unit?.index).toBeLessThan(record.receivedBy ?? Number.POSITIVE_INFINITY);
      const memory = Buffer.from(wholeMemory(unit?.image ?? EMPTY));
      expect(memory.includes(Buffer.from(record.bytes)), `record ${record.index}`).toBe(true);
    }
  });

  it('teaches Eve public keys and nothing that is worth hiding', () => {
    const held = rows(made.run).filter(({ name }) =>
      looksOf(made.run, 'eavesdropper').some((look) => look.findings.some((each) => each.name === name)),
    );
    const isAnonymous = options.handshake === 'dh-anon';
    expect(new Set(held.map(({ kind }) => kind))).toEqual(
      new Set(isAnonymous ? ['public_key'] : ['public_key', 'certificate']),
    );
    expect(held.map(({ name }) => name)).toContain(isAnonymous ? 'server_ephemeral_public_key' : 'server_public_key');
    expect(held.some(({ name }) => name === 'client_certificate')).toBe(options.clientCertificate === 'shown');
  });

  it('tests the claim: what each listener can read of the reply', () => {
    const reply = findValue(made.run, 'reply')?.parts[0]?.bytes;
    expect(made.run.claim.map(({ privateKey, dataKey, reading }) => [privateKey, dataKey, reading.plaintext])).toEqual([
      [false, false, undefined],
      [true, false, options.handshake === 'rsa' ? reply : undefined],
      [false, true, reply],
      [true, true, reply],
    ]);
    expect(new TextDecoder().decode(reply)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});

const EMPTY = { size: 0, stackTop: 0, heapBase: 0, pages: [] };

describe('a second run with the same server', () => {
  it('has its own searches, and goes on with the same memories', { timeout: 60_000 }, async () => {
    const parties = await startParties();
    const before = await setUp(parties, OPTIONS);
    const first = await connect(parties, OPTIONS, before);
    const second = await connect(parties, OPTIONS, before);
    expect(disagreements(second)).toEqual([]);
    expect(second.looks).toHaveLength(first.looks.length);
    // What was recorded before both is the same; what a worker never changes is shared.
    expect(second.looks[0]?.image).toBe(first.looks[0]?.image);
    const pagesOf = (run: Run) =>
      new Set(run.looks.flatMap(({ image }) => image.pages.filter((page) => page !== undefined)));
    const [earlier, pages] = [pagesOf(first), pagesOf(second)];
    const shared = [...pages].filter((page) => earlier.has(page)).length;
    expect(shared).toBeGreaterThan(pages.size / 3);
  });
});

describe('a run that fails', () => {
  it('is searched to its end, has no disagreement, and no claim to test', { timeout: 60_000 }, async () => {
    const parties = await startParties();
    const before = await setUp(parties, OPTIONS);
    const run = await connect(parties, { ...OPTIONS, serverName: 'other.example' }, before);
    expect(run.outcome.is).toBe('failed');
    expect(disagreements(run)).toEqual([]);
    expect(run.claim).toEqual([]);
    for (const step of run.steps) {
      for (const party of PARTIES) expect(searchCount(run, step, party)).toBeGreaterThan(step.index);
    }
  });
});
