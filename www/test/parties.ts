/**
 * The four parties under Node.js: the module that the page loads, one instance and one memory each, without workers.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe } from 'vitest';
import type { Hosts, Link } from '../src/network/party-hosts';
import { AuthorityHost, ClientHost, EavesdropperHost, ServerHost } from '../src/network/party-hosts';
import {
  MemoryReader,
  type Observe,
  type RecordedParties,
  type RecordedParty,
  Recorder,
} from '../src/network/recorder';
import { makeRun } from '../src/network/run';
import { environmentOf } from '../src/network/seed';
import { certify, establishAuthority, makeServerKey } from '../src/network/setup';
import type { PartyMemory } from '../src/network/snapshots';
import type { Glue } from '../src/network/worker-host';
import { certificatesFor, ciphersFor, groupsFor, HANDSHAKES } from '../src/run/choices';
import type { LogEntry } from '../src/run/log';
import type { Party, Run, RunOptions, Seed } from '../src/run/model';
import { searchAll } from '../src/run/search/job';
import { OPTIONS } from './made';

/** What `wasm-pack` built: the compiled module, of which each party makes its own instance, and the generated binding. */
export interface Build {
  readonly module: WebAssembly.Module;
  readonly binding: string;
}

export function buildIn(folder: URL): Build {
  const module = new WebAssembly.Module(readFileSync(new URL('tls_glass_bg.wasm', folder)));
  return { module, binding: fileURLToPath(new URL('tls_glass.js', folder)) };
}

/** The module that the page loads. */
export const PAGE = buildIn(new URL('../pkg/', import.meta.url));

/** A copy of the generated binding that nobody else uses: it belongs to one instance. */
export async function ownGlue(owner: string, { binding }: Build = PAGE): Promise<Glue> {
  return (await import(/* @vite-ignore */ `${binding}?owner=${owner}`)) as Glue;
}

/** The parties, side by side, and the reader on whom the claim is tested. */
export interface LocalParties extends Hosts {
  /** The parties with their memories as the page keeps them, run after run. */
  readonly recorded: RecordedParties;
}

let made = 0;

export async function startParties(build = PAGE): Promise<LocalParties> {
  made += 1;
  const [authority, client, eavesdropper, reader, server] = await Promise.all([
    ownGlue(`authority${made}`, build).then((glue) => new AuthorityHost(glue)),
    ownGlue(`client${made}`, build).then((glue) => new ClientHost(glue)),
    ownGlue(`eavesdropper${made}`, build).then((glue) => new EavesdropperHost(glue)),
    ownGlue(`reader${made}`, build).then((glue) => new EavesdropperHost(glue)),
    ownGlue(`server${made}`, build).then((glue) => new ServerHost(glue)),
  ]);
  const hosts = { authority, client, eavesdropper, reader, server };
  for (const host of Object.values(hosts)) host.load(build.module);
  const recorded = {
    authority: recordedParty('authority', authority, authority),
    client: recordedParty('client', client, client),
    eavesdropper: recordedParty('eavesdropper', eavesdropper, eavesdropper),
    server: recordedParty('server', server, server),
  };
  return { ...hosts, recorded };
}

function recordedParty<P extends Party>(party: P, link: Link<P>, host: Pick<Hosts[P], 'snapshot'>): RecordedParty<P> {
  return { party, link, memory: new MemoryReader(() => host.snapshot()) };
}

/** What is worth searching of a party's memory, and the address of its first byte. */
export function searchable({ memory, stackTop }: PartyMemory): { readonly bytes: Uint8Array; readonly base: number } {
  return { bytes: new Uint8Array(memory.buffer, stackTop), base: stackTop };
}

/** The authority's keys, the server's key and certificate. */
export async function setUp(
  parties: LocalParties,
  options: RunOptions,
  observe?: Observe,
): Promise<readonly LogEntry[]> {
  const recorder = new Recorder(observe);
  const authority = recorder.attach(parties.recorded.authority);
  const server = recorder.attach(parties.recorded.server);
  await authority.create(await environmentOf(options.seed, 'authority'));
  await establishAuthority(recorder, authority);
  await server.create(await environmentOf(options.seed, 'server'));
  await makeServerKey(recorder, server, options.certificate);
  await certify(recorder, { authority, server }, options.serverName);
  return recorder.log;
}

/** A new client's connection to the server. */
export function connect(
  { recorded, reader }: LocalParties,
  options: RunOptions,
  before: readonly LogEntry[],
  observe?: Observe,
): Promise<Run> {
  return makeRun({ parties: recorded, reader, search: searchAll, ...(observe ? { observe } : {}) }, options, before);
}

/** A whole run, from the authority's first key to the closed connection. */
export async function runOnce(parties: LocalParties, options: RunOptions, observe?: Observe): Promise<Run> {
  return connect(parties, options, await setUp(parties, options, observe), observe);
}

export { OPTIONS };

/** Every key exchange and certificate that the page offers, with every cipher, and with every group. */
export const ALL_OPTIONS: readonly RunOptions[] = HANDSHAKES.flatMap((handshake) =>
  certificatesFor(handshake).flatMap((certificate) => {
    const [first, ...otherGroups] = handshake === 'rsa' ? groupsFor('rsa').slice(0, 1) : groupsFor(handshake);
    const base = { ...OPTIONS, handshake, certificate, group: first ?? OPTIONS.group };
    return [
      ...ciphersFor(handshake, certificate).map((cipher) => ({ ...base, cipher })),
      ...otherGroups.map((group) => ({ ...base, group })),
    ];
  }),
);

export const SEED: Seed = { bytes: new Uint8Array(32).map((_, i) => i * 7 + 3), time: 1_800_000_000 };

/** All of them, and each handshake once more from a seed. */
export const SCENARIOS: readonly RunOptions[] = [
  ...ALL_OPTIONS,
  { ...OPTIONS, extendedMasterSecret: false },
  { ...OPTIONS, cipher: 'aes-128-cbc', encryptThenMac: false },
  { ...OPTIONS, handshake: 'ecdhe', cipher: 'aes-128-cbc', encryptThenMac: false, extendedMasterSecret: false },
  { ...OPTIONS, seed: SEED },
  { ...OPTIONS, handshake: 'dhe', group: 'ffdhe2048', seed: SEED },
  { ...OPTIONS, handshake: 'ecdhe', seed: SEED },
];

/** A connection in which the server asks for the client's certificate, and goes on. */
export const ASKING: readonly RunOptions[] = [
  { ...OPTIONS, clientCertificate: 'none' },
  { ...OPTIONS, clientCertificate: 'shown' },
  { ...OPTIONS, clientCertificate: 'shown', extendedMasterSecret: false, seed: SEED },
  { ...OPTIONS, handshake: 'dhe', group: 'ffdhe2048', clientCertificate: 'shown' },
  { ...OPTIONS, handshake: 'ecdhe', clientCertificate: 'none', seed: SEED },
  { ...OPTIONS, handshake: 'ecdhe', certificate: 'ecdsa', clientCertificate: 'shown' },
  { ...OPTIONS, handshake: 'ecdhe', cipher: 'aes-128-cbc', clientCertificate: 'shown' },
];

/** A connection that resumes an earlier one. */
export const RESUMING: readonly RunOptions[] = [
  { ...OPTIONS, resumption: 'session-id' },
  { ...OPTIONS, resumption: 'session-ticket' },
  { ...OPTIONS, handshake: 'dhe', group: 'ffdhe2048', resumption: 'session-ticket' },
  { ...OPTIONS, handshake: 'ecdhe', resumption: 'session-id', seed: SEED },
  { ...OPTIONS, handshake: 'ecdhe', certificate: 'ecdsa', resumption: 'session-ticket', seed: SEED },
  { ...OPTIONS, handshake: 'ecdhe', cipher: 'aes-128-cbc', clientCertificate: 'shown', resumption: 'session-id' },
  { ...OPTIONS, handshake: 'ecdhe', clientCertificate: 'shown', resumption: 'session-ticket' },
  { ...OPTIONS, handshake: 'dh-anon', group: 'ffdhe2048', resumption: 'session-ticket' },
];

/** A connection that the server ends, for the client's certificate. */
export const REFUSING: readonly RunOptions[] = (['rsa', 'ecdhe'] as const).flatMap((handshake) =>
  (['missing', 'untrusted'] as const).map((clientCertificate) => ({ ...OPTIONS, handshake, clientCertificate })),
);

/** The tests of `body` over one real run of each of these options. */
export function eachRun(
  all: readonly RunOptions[],
  body: (options: RunOptions, made: { readonly run: Run }) => void,
): void {
  describe.each(all.map((options) => [describeOptions(options), options] as const))('a run with %s', (_, options) => {
    let run: Run | undefined;
    beforeAll(async () => {
      run = await runOnce(await startParties(), options);
    }, 60_000);
    body(options, {
      get run(): Run {
        if (!run) throw new Error('the run is made before the first test');
        return run;
      },
    });
  });
}

export function describeOptions(options: RunOptions): string {
  const { handshake, certificate, clientCertificate, cipher, group, extendedMasterSecret, encryptThenMac, seed } =
    options;
  const resumed = options.resumption === 'none' ? [] : [`resumed by ${options.resumption}`];
  const kind = handshake === 'rsa' ? 'RSA' : `${handshake.toUpperCase()} with ${group}, ${certificate} certificate`;
  const asking = clientCertificate === 'off' ? [] : [`client certificate ${clientCertificate}`];
  const without = [
    ...(extendedMasterSecret ? [] : ['without extended_master_secret']),
    ...(encryptThenMac ? [] : ['MAC, then encrypt']),
  ];
  return [kind, cipher, ...asking, ...resumed, ...without, ...(seed ? ['seeded'] : [])].join(', ');
}
