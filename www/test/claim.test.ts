/** The four listeners of "Test the claim": each that cannot read the reply reads it with the one thing more that suffices. */

import { describe, expect, it } from 'vitest';
import { bytesOf, giveDataKey, hear } from '../src/network/claim';
import { replyOf } from '../src/run/assemble';
import type { Run, RunOptions, WireRecord } from '../src/run/model';
import { THE_KEY } from '../src/run/values';
import { describeOptions, type LocalParties, OPTIONS, runOnce, startParties } from './parties';

const ALL: readonly RunOptions[] = [
  OPTIONS,
  { ...OPTIONS, cipher: 'aes-128-cbc' },
  { ...OPTIONS, handshake: 'dhe', group: 'ffdhe2048' },
  { ...OPTIONS, handshake: 'dhe', group: 'ffdhe2048', cipher: 'chacha20-poly1305' },
  { ...OPTIONS, handshake: 'ecdhe' },
  { ...OPTIONS, handshake: 'ecdhe', certificate: 'ecdsa' },
  { ...OPTIONS, handshake: 'ecdhe', cipher: 'aes-128-cbc' },
];

function theReply(run: Run): WireRecord {
  const reply = replyOf(run.records);
  if (!reply) throw new Error('the run has no reply');
  return reply;
}

async function reads({ reader }: LocalParties, reply: WireRecord): Promise<string | undefined> {
  const { plaintext } = await reader.read(reply.bytes, reply.from);
  return plaintext && Buffer.from(plaintext).toString('latin1');
}

describe.each(ALL.map((options) => [describeOptions(options), options] as const))('with %s', (_, options) => {
  it('every listener reads the reply once it has what suffices, and not before', { timeout: 60_000 }, async () => {
    const parties = await startParties();
    const run = await runOnce(parties, options);
    const { reader } = parties;
    const reply = theReply(run);
    const asked = run.question?.attempts.find(({ attempt }) => attempt.outcome.code === 'opened')?.attempt.outcome;
    const said = asked?.code === 'opened' ? Buffer.from(asked.plaintext).toString('latin1') : undefined;
    expect(said).toMatch(/^HTTP\/1\.1 200 OK/);

    expect(run.claim).toHaveLength(4);
    for (const { privateKey, dataKey, reading } of run.claim) {
      const can = dataKey || (privateKey && options.handshake === 'rsa');
      const what = `${privateKey ? 'with' : 'without'} private key, ${dataKey ? 'with' : 'without'} data key`;
      expect(reading.plaintext !== undefined, what).toBe(can);

      await reader.create({});
      await hear(reader, run.records);
      if (privateKey) await reader.give('server_private_key', bytesOf(run.units, THE_KEY, 'pkcs8'));
      if (dataKey) await giveDataKey(reader, run.units);
      expect(await reads(parties, reply), what).toBe(can ? said : undefined);
      // The same listener, not a new one: nothing but the data key was wanting.
      await giveDataKey(reader, run.units);
      expect(await reads(parties, reply), `${what}, and then the data key`).toBe(said);
      await reader.dispose();
    }
  });
});

describe('what does not suffice', () => {
  it('is the data key of another connection', { timeout: 60_000 }, async () => {
    for (const handshake of ['rsa', 'dhe', 'ecdhe'] as const) {
      const options: RunOptions = { ...OPTIONS, handshake, group: handshake === 'dhe' ? 'ffdhe2048' : OPTIONS.group };
      const parties = await startParties();
      const run = await runOnce(parties, options);
      const other = await runOnce(await startParties(), options);
      const { reader } = parties;
      await reader.create({});
      await hear(reader, run.records);
      await giveDataKey(reader, other.units);
      expect(await reads(parties, theReply(run)), handshake).toBeUndefined();
      await giveDataKey(reader, run.units);
      expect(await reads(parties, theReply(run)), handshake).toMatch(/^HTTP\/1\.1 200 OK/);
      await reader.dispose();
    }
  });
});
