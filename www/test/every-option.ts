/** Runs of all options that decide what is said and drawn of a step, each made once and kept for the tests of one file. */

import { certificatesFor, clientCertificatesFor, HANDSHAKES, resumptionsFor } from '../src/run/choices';
import type { Run, RunOptions } from '../src/run/model';
import { ALL_OPTIONS, connect, OPTIONS, SEED, setUp, startParties } from './parties';

/** Which words a step has follows from these. */
const CHOOSING: readonly RunOptions[] = HANDSHAKES.flatMap((handshake) =>
  certificatesFor(handshake).flatMap((certificate) =>
    clientCertificatesFor(handshake).flatMap((clientCertificate) =>
      [true, false].flatMap((extendedMasterSecret) =>
        resumptionsFor({ extendedMasterSecret, clientCertificate }).map((resumption) => {
          const group = handshake === 'dhe' || handshake === 'dh-anon' ? 'ffdhe2048' : OPTIONS.group;
          const chosen = { handshake, certificate, clientCertificate, extendedMasterSecret, resumption };
          return { ...OPTIONS, ...chosen, group } as const;
        }),
      ),
    ),
  ),
);

/** And every cipher, group and order, each handshake from a seed, and one that fails. */
export const EVERY: readonly RunOptions[] = [
  ...CHOOSING,
  ...ALL_OPTIONS,
  { ...OPTIONS, cipher: 'aes-128-cbc', encryptThenMac: false },
  ...HANDSHAKES.map((handshake): RunOptions => {
    const group = handshake === 'dhe' || handshake === 'dh-anon' ? 'ffdhe2048' : OPTIONS.group;
    return { ...OPTIONS, handshake, group, seed: SEED };
  }),
];

/** The server's key is made once for each kind: it takes longer than all the rest. */
const prepared = new Map<string, Promise<(options: RunOptions) => Promise<Run>>>();

function prepare({ certificate, seed }: RunOptions): Promise<(options: RunOptions) => Promise<Run>> {
  const name = `${certificate} ${seed !== undefined}`;
  const known = prepared.get(name) ?? made();
  prepared.set(name, known);
  return known;

  async function made(): Promise<(options: RunOptions) => Promise<Run>> {
    const parties = await startParties();
    const before = await setUp(parties, { ...OPTIONS, certificate, ...(seed ? { seed } : {}) });
    return (options) => connect(parties, options, before);
  }
}

export async function runWith(options: RunOptions): Promise<Run> {
  return (await prepare(options))(options);
}
