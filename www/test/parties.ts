/**
 * The three parties under Node.js: the module that the page loads, one instance and one memory each, without workers.
 */

import { readFileSync } from 'node:fs';
import { converse } from '../src/network/connection';
import { AuthorityHost, ClientHost, type Glue, type PartyMemory, ServerHost } from '../src/network/host';
import { environmentOf } from '../src/network/seed';
import { certify, establishAuthority, makeServerKey, type Observe, trust } from '../src/network/setup';
import { assemble, type Collected } from '../src/run/assemble';
import type { Run, RunOptions } from '../src/run/model';

const PKG = new URL('../pkg/', import.meta.url);

/** The compiled module; each party makes its own instance of it. */
export const compiledModule = new WebAssembly.Module(readFileSync(new URL('tls_glass_bg.wasm', PKG)));

/** A copy of the generated binding that nobody else uses: it belongs to one instance. */
export async function ownGlue(owner: string): Promise<Glue> {
  return (await import(/* @vite-ignore */ `../pkg/tls_glass.js?owner=${owner}`)) as Glue;
}

/** The parties, side by side. */
export interface Parties {
  readonly authority: AuthorityHost;
  readonly client: ClientHost;
  readonly server: ServerHost;
}

let made = 0;

export async function startParties(): Promise<Parties> {
  made += 1;
  const [authority, client, server] = await Promise.all([
    ownGlue(`authority${made}`).then((glue) => new AuthorityHost(glue)),
    ownGlue(`client${made}`).then((glue) => new ClientHost(glue)),
    ownGlue(`server${made}`).then((glue) => new ServerHost(glue)),
  ]);
  for (const party of [authority, client, server]) party.load(compiledModule);
  return { authority, client, server };
}

/** What is worth searching of a party's memory, and the address of its first byte. */
export function searchable({ memory, stackTop }: PartyMemory): { readonly bytes: Uint8Array; readonly base: number } {
  return { bytes: new Uint8Array(memory.buffer, stackTop), base: stackTop };
}

/** The authority's keys, the server's key and certificate. */
export async function setUp(parties: Parties, options: RunOptions, observe?: Observe): Promise<readonly Collected[]> {
  parties.authority.create(await environmentOf(options.seed, 'authority'));
  const established = await establishAuthority(parties.authority, observe);
  parties.server.create(await environmentOf(options.seed, 'server'));
  const keyed = await makeServerKey(parties.server, options.certificate, observe);
  return [...established, ...keyed, ...(await certify(parties, options.serverName, observe))];
}

/** A new client's connection to the server. */
export async function connect(
  parties: Parties,
  options: RunOptions,
  before: readonly Collected[],
  observe?: Observe,
): Promise<Run> {
  parties.client.create(await environmentOf(options.seed, 'client'));
  const trusted = await trust(parties, observe);
  const { units, attempts } = await converse(parties, options, observe);
  return assemble(options, [...before, ...trusted, ...units], attempts);
}

/** A whole run, from the authority's first key to the closed connection. */
export async function runOnce(parties: Parties, options: RunOptions, observe?: Observe): Promise<Run> {
  return connect(parties, options, await setUp(parties, options, observe), observe);
}

export const OPTIONS: RunOptions = {
  handshake: 'rsa',
  cipher: 'aes-128-gcm',
  certificate: 'rsa',
  group: 'x25519',
  serverName: 'bank.example',
  path: '/account',
};

/** Every combination of options that the page offers. */
export const ALL_OPTIONS: readonly RunOptions[] = (['aes-128-gcm', 'aes-256-gcm'] as const).flatMap((cipher) => [
  { ...OPTIONS, cipher },
  ...(['x25519', 'secp256r1'] as const).flatMap((group) =>
    (['rsa', 'ecdsa'] as const).map((certificate) => ({
      ...OPTIONS,
      handshake: 'ecdhe' as const,
      cipher,
      group,
      certificate,
    })),
  ),
]);

export function describeOptions({ handshake, certificate, cipher, group }: RunOptions): string {
  return handshake === 'rsa' ? `RSA, ${cipher}` : `ECDHE with ${group}, ${certificate} certificate, ${cipher}`;
}
