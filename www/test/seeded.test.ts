/** Seeded runs: the same bytes every time, natively and here, and no seed where it does not belong. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { partySeed } from '../src/network/seed';
import type { Run, RunOptions, Seed } from '../src/run/model';
import { OPTIONS, runOnce, startParties } from './parties';

/** Lines of `name value`, written by the native tests. */
function vectors(file: string): ReadonlyMap<string, string> {
  const text = readFileSync(new URL(`../../tests/vectors/${file}`, import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const));
}

const expected = vectors('seeded-run.txt');

function hexBytes(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}

const SEED: Seed = { bytes: hexBytes(expected.get('seed') ?? ''), time: Number(expected.get('time')) };

async function seeded(options: Partial<RunOptions>, seed = SEED): Promise<Run> {
  const serverName = expected.get('server-name') ?? '';
  const path = expected.get('path') ?? '';
  const sends = expected.get('sends') ?? '';
  const replies = expected.get('replies') ?? '';
  return runOnce(await startParties(), { ...OPTIONS, serverName, path, sends, replies, ...options, seed });
}

function wire(run: Run): string {
  const hash = createHash('sha256');
  for (const to of ['server', 'client']) {
    for (const record of run.records) if (record.to === to) hash.update(record.bytes);
  }
  return hash.digest('hex');
}

describe("a party's seed", () => {
  // Eve draws no random numbers.
  it.each(['authority', 'client', 'server'] as const)('is derived as the core derives it: %s', async (party) => {
    const seed = await partySeed(SEED.bytes, party);
    expect(Buffer.from(seed).toString('hex')).toBe(expected.get(`party-seed-${party}`));
  });
});

describe('a seeded run', () => {
  it.each([
    ['rsa', { handshake: 'rsa' }],
    ['dhe-rsa', { handshake: 'dhe', group: 'ffdhe2048' }],
    ['ecdhe-rsa', { handshake: 'ecdhe' }],
    ['ecdhe-ecdsa', { handshake: 'ecdhe', certificate: 'ecdsa' }],
  ] as const)('has the bytes of the native one: %s', { timeout: 60_000 }, async (name, options) => {
    const run = await seeded(options);
    expect(run.seeded).toBe(true);
    expect(wire(run)).toBe(expected.get(`wire-${name}`));
  });

  it('has other bytes with another seed', { timeout: 60_000 }, async () => {
    const other = await seeded({ handshake: 'ecdhe' }, { ...SEED, bytes: SEED.bytes.with(0, 0xff) });
    expect(wire(other)).not.toBe(expected.get('wire-ecdhe-rsa'));
  });
});

describe('a run without a seed', () => {
  it('has other bytes every time', { timeout: 60_000 }, async () => {
    const parties = await startParties();
    const options = { ...OPTIONS, handshake: 'ecdhe', certificate: 'ecdsa' } as const;
    const [first, second] = [await runOnce(parties, options), await runOnce(parties, options)];
    expect(first.seeded).toBe(false);
    expect(wire(first)).not.toBe(wire(second));
  });
});
