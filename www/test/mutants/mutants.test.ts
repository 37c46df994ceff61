/**
 * Three modules that each break one rule of src/glass.rs. The search of the page must notice two of them. The third keeps a
 * key where no search can see it, which is why the linter forbids it; here it is shown that it would otherwise go unnoticed.
 */

import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Run, RunOptions } from '../../src/run/model';
import { disagreements } from '../../src/run/possession/findings';
import { possession } from '../../src/run/possession/possession';
import { buildIn, type LocalParties, OPTIONS, runOnce, startParties } from '../parties';

const FOLDER = process.env.TLS_GLASS_MUTANTS;
const ECDHE = { ...OPTIONS, handshake: 'ecdhe' } as const;

async function mutated(name: string, options: RunOptions): Promise<{ parties: LocalParties; run: Run }> {
  if (!FOLDER) throw new Error('TLS_GLASS_MUTANTS names no folder of built mutants');
  const parties = await startParties(buildIn(new URL(`${name}/`, pathToFileURL(`${FOLDER}/`))));
  return { parties, run: await runOnce(parties, options) };
}

/** Undeclared, and found: what a secret leaves that is not cleared away. */
function leftovers(run: Run): readonly string[] {
  const undeclared = disagreements(run).filter(
    ({ declared, copies, pieces }) => !declared && copies.length + pieces > 0,
  );
  return [...new Set(undeclared.map(({ party, name }) => `${party} ${name}`))];
}

describe.each([OPTIONS, ECDHE])('with $handshake key exchange', (options) => {
  it('a secret that rests inline leaves copies where it was', { timeout: 120_000 }, async () => {
    const { run } = await mutated('inline', options);
    expect(run.outcome).toEqual({ is: 'complete' });
    // It is there twice while it is declared, and once when it should be gone.
    expect(leftovers(run)).toContain('client server_write_key');
  });

  it('memory that is freed without zeroing keeps what it held', { timeout: 120_000 }, async () => {
    const { run } = await mutated('unzeroed', options);
    expect(run.outcome).toEqual({ is: 'complete' });
    // Which of them are written over by something else is chance; not all are.
    for (const party of ['client', 'server']) {
      expect(leftovers(run).some((each) => each.startsWith(`${party} `))).toBe(true);
    }
  });

  it('a key that is kept in a cipher object is seen by no search, and opens the reply after the close', {
    timeout: 120_000,
  }, async () => {
    const { parties, run } = await mutated('cipher', options);
    expect(disagreements(run)).toEqual([]);
    const last = run.steps.at(-1);
    expect(last && possession(run, last, 'client', 'server_write_key').is).toBe('erased');
    const reply = run.records.find((record) => record.from === 'server' && record.contentType === 'application_data');
    const keeping = parties.client as unknown as KeepingHost;
    const opened = keeping.call((client) => client.openWithKeptCipher(reply?.bytes ?? new Uint8Array()));
    expect(new TextDecoder().decode(opened)).toMatch(/^HTTP\/1\.1 200 OK/);
  });
});

/** What only this mutant's client can do, seen past the host's own methods. */
interface KeepingHost {
  call<T>(work: (client: { openWithKeptCipher(record: Uint8Array): Uint8Array | undefined }) => T): T;
}
