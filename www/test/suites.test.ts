/**
 * What the page says of a cipher suite, held against the core: against its table, row by row, and against what a connection with
 * the suite really computes.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeRun } from '../src/network/run';
import { CHOICE_NAMES, type ChoiceName, fitting, fittingValues, withValue } from '../src/run/choices';
import type { CertificateType, Run, RunOptions } from '../src/run/model';
import type { SearchJob, SearchResult } from '../src/run/search/job';
import { SUITES, type Suite, suiteFor } from '../src/run/suites';
import { describeOptions, OPTIONS, setUp, startParties } from './parties';

const CHOSEN: readonly ChoiceName[] = ['handshake', 'certificate', 'cipher'];

/** Every suite that can be chosen. */
function choices(): readonly RunOptions[] {
  let all: readonly RunOptions[] = [OPTIONS];
  for (const name of CHOICE_NAMES.filter((each) => CHOSEN.includes(each))) {
    all = all.flatMap((options) =>
      fittingValues(name, options).map((value) => fitting(withValue(options, name, value))),
    );
  }
  return [...new Map(all.map((options) => [describeOptions(options), options])).values()];
}

const prepared = new Map<CertificateType, ReturnType<typeof prepare>>();

async function prepare(certificate: CertificateType) {
  const parties = await startParties();
  return { parties, before: await setUp(parties, { ...OPTIONS, certificate }) };
}

/** What the memories hold is of no account here. */
async function blind({ memories, postings }: SearchJob): Promise<SearchResult> {
  return { memories: memories.map(() => []), postings: postings.map(() => []) };
}

async function run(options: RunOptions): Promise<Run> {
  const { certificate } = options;
  const made = prepared.get(certificate) ?? prepare(certificate);
  prepared.set(certificate, made);
  const { parties, before } = await made;
  return makeRun({ parties: parties.recorded, reader: parties.reader, search: blind }, options, before);
}

/** The functions whose inputs or outputs have this name. */
function functionsWith(made: Run, side: 'inputs' | 'outputs', name: string): readonly string[] {
  const all = made.units
    .filter(({ scope }) => scope === 'connection')
    .flatMap(({ unit }) => unit.events.flatMap((event) => (event.type === 'computation' ? [event] : [])));
  return [
    ...new Set(all.filter((each) => each[side].some((value) => value.name === name)).map((each) => each.function)),
  ];
}

/** As the RFCs name what makes the pre_master_secret of each key exchange; RSA's is drawn, and decrypted. */
const AGREEMENT: Readonly<Record<Suite['keyExchange'], RegExp>> = {
  RSA: /RSAES-PKCS1-v1_5-Decrypt/,
  DHE: /^(FF)?DH/,
  DH_anon: /^(FF)?DH/,
  ECDHE: /^(X25519|ECDH)/i,
};

describe('every suite that can be chosen', () => {
  it('is one of the table, and the table has no other', () => {
    const named = choices().map((options) => suiteFor(options)?.[0]);
    expect(new Set(named)).toEqual(new Set(Object.keys(SUITES)));
  });

  it.each(choices().map((options) => [describeOptions(options), options] as const))(
    'computes what the table says: %s',
    { timeout: 60_000 },
    async (_, options) => {
      const made = await run(options);
      const name = made.negotiated?.cipherSuite ?? '';
      expect(suiteFor(options)?.[0]).toBe(name);
      const suite = SUITES[name];
      if (!suite) throw new Error(`no suite ${name}`);
      expect(
        functionsWith(made, 'outputs', 'pre_master_secret').some((by) => AGREEMENT[suite.keyExchange].test(by)),
      ).toBe(true);
      expect(functionsWith(made, 'outputs', 'handshake_hash')).toEqual([suite.hash]);
      const sealing = functionsWith(made, 'inputs', 'server_write_key');
      expect(sealing.length).toBeGreaterThan(0);
      for (const by of sealing) expect(by).toContain(suite.cipher);
      const authenticating = functionsWith(made, 'inputs', 'server_write_mac_key');
      expect(authenticating.map((by) => by.split('.')[0])).toEqual(suite.mac ? [suite.mac] : []);
      const signed = functionsWith(made, 'outputs', 'signature');
      expect(signed).toHaveLength(suite.keyExchange === 'RSA' || !suite.authentication ? 0 : 1);
      if (suite.keyExchange === 'RSA' || !suite.authentication) expect(signed).toEqual([]);
      else
        expect(signed.every((by) => by.toLowerCase().startsWith(`${suite.authentication?.toLowerCase()}_`))).toBe(true);
    },
  );
});

describe("the core's table of suites", () => {
  const source = readFileSync(new URL('../../src/protocol/suite/tls12.rs', import.meta.url), 'utf8');
  const table = source.slice(source.indexOf('pub const SUITES'), source.indexOf('type Parts'));
  const rows = [
    ...table.matchAll(/(\w+)\(Id::(TLS_\w+), (?:KeyExchange::(\w+), )?(?:KeyAlgorithm::(\w+), |None, )?(\w+)\)/g),
  ];

  it('has the same rows', () => {
    expect(rows).toHaveLength(Number(/SUITES: \[Suite; (\d+)\]/.exec(source)?.[1]));
    expect(rows.map(([, , id]) => id?.toLowerCase()).toSorted()).toEqual(
      Object.keys(SUITES)
        .map((name) => name.toLowerCase())
        .toSorted(),
    );
  });
});
