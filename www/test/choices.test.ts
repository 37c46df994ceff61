/** The table of choices, held against the core: what it allows is accepted, and what it does not allow becomes what it says. */

import { describe, expect, it } from 'vitest';
import { clientOptions, serverOptions } from '../src/network/party-options';
import { makeRun } from '../src/network/run';
import { REFUSED } from '../src/network/worker-host';
import { isOwn } from '../src/run/assemble';
import {
  CHOICE_NAMES,
  CHOICES,
  type ChoiceName,
  fitting,
  fittingValues,
  valuesOf,
  withValue,
} from '../src/run/choices';
import type { CertificateType, Run, RunOptions } from '../src/run/model';
import type { SearchJob, SearchResult } from '../src/run/search/job';
import { describeOptions, type LocalParties, OPTIONS, setUp, startParties } from './parties';

/** All combinations that the table allows, of these choices; the others are what goes with them. */
function combinations(names: readonly ChoiceName[]): readonly RunOptions[] {
  let all: readonly RunOptions[] = [OPTIONS];
  for (const name of CHOICE_NAMES.filter((each) => names.includes(each))) {
    all = all.flatMap((options) =>
      fittingValues(name, options).map((value) => fitting(withValue(options, name, value))),
    );
  }
  return all;
}

/** The server's key is made once for each kind of certificate. */
const prepared = new Map<CertificateType, ReturnType<typeof prepare>>();

async function prepare(certificate: CertificateType) {
  const parties = await startParties();
  return { parties, before: await setUp(parties, { ...OPTIONS, certificate }) };
}

function partiesFor({ certificate }: RunOptions): ReturnType<typeof prepare> {
  const made = prepared.get(certificate) ?? prepare(certificate);
  prepared.set(certificate, made);
  return made;
}

/** What the memories hold is of no account here. */
async function blind({ memories, postings }: SearchJob): Promise<SearchResult> {
  return { memories: memories.map(() => []), postings: postings.map(() => []) };
}

async function run(options: RunOptions): Promise<Run> {
  const { parties, before } = await partiesFor(options);
  return makeRun({ parties: parties.recorded, reader: parties.reader, search: blind }, options, before);
}

/** What the core has against these options; nothing, if it accepts them. */
function refusal({ client, server }: LocalParties, options: RunOptions): string | undefined {
  try {
    client.connect(clientOptions(options));
    // As the network does before such a connection.
    if (options.resumption === 'session-ticket') server.generateTicketKey();
    server.accept(serverOptions(options));
    return undefined;
  } catch (error) {
    if (error instanceof Error && error.name === REFUSED) return error.message;
    throw error;
  }
}

describe('what the table allows', () => {
  it('is accepted by the core, in every combination', { timeout: 120_000 }, async () => {
    const all = combinations(CHOICE_NAMES);
    expect(all.length).toBeGreaterThan(500);
    expect(new Set(all.map((options) => JSON.stringify(options))).size).toBe(all.length);
    for (const { parties } of [await partiesFor(OPTIONS), await partiesFor({ ...OPTIONS, certificate: 'ecdsa' })]) {
      parties.client.create({});
    }
    for (const options of all) {
      const { parties } = await partiesFor(options);
      expect(refusal(parties, options), describeOptions(options)).toBeUndefined();
    }
  });
});

/** Options that go together, but for one. Of what stands before it, that which may decide what goes with it is tried in full. */
const DECIDING: readonly ChoiceName[] = ['handshake', 'certificate', 'clientcert', 'ems'];

const misfits = CHOICE_NAMES.flatMap((name) => {
  const before = CHOICE_NAMES.slice(0, CHOICE_NAMES.indexOf(name));
  return combinations(DECIDING.filter((each) => before.includes(each))).flatMap((fit) => {
    const fitted = fittingValues(name, fit);
    return valuesOf(name)
      .filter((value) => !fitted.includes(value))
      .map((value) => ({ name, value, fit, options: withValue(fit, name, value) }));
  });
});

describe('what the table does not allow', () => {
  it('is something of every choice that depends on others', () => {
    const names = new Set(misfits.map(({ name }) => name));
    expect([...names]).toEqual(['certificate', 'cipher', 'group', 'clientcert', 'resumption']);
  });

  it.each(misfits.map((misfit) => [`${misfit.name}=${misfit.value}, ${describeOptions(misfit.fit)}`, misfit] as const))(
    'is refused by the core, fails, or has no effect, as the table says: %s',
    { timeout: 120_000 },
    async (_, { name, fit, options }) => {
      const { parties } = await partiesFor(options);
      parties.client.create({});
      const refused = refusal(parties, options);
      const otherwise = CHOICES[name].otherwise(fit);
      if (otherwise === 'refused') {
        expect(refused).toContain('cipher_suites');
        return;
      }
      expect(refused).toBeUndefined();
      const made = await run(options);
      if (otherwise === 'fails') {
        expect(made.outcome.is).toBe('failed');
        return;
      }
      expect(messagesOf(made)).toEqual(messagesOf(await run(fit)));
    },
  );
});

/** How the connection itself ended, and who sent what in it. */
function messagesOf(made: Run): readonly unknown[] {
  const sent = made.records.filter(isOwn).map(({ from, messages }) => [from, ...messages.map(({ name }) => name)]);
  return [made.outcome.is, ...sent];
}
