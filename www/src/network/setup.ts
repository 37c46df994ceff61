/** What comes before a connection: the authority's keys, the server's key pair and its certificate. */

import type { Advanced } from '../../pkg/tls_glass.js';
import type { Collected } from '../run/assemble';
import type { CertificateType, Party, RunOptions } from '../run/model';
import type { AuthorityLink, Cast, ServerLink } from './links';
import { keyPairAlgorithm } from './options';

/** Called after every unit of work, before the next: the moment at which memories may be looked into. */
export type Observe = (unit: Collected) => void | Promise<void>;

export async function told(
  party: Party,
  scope: Collected['scope'],
  { unit, holdings }: Advanced,
  observe?: Observe,
): Promise<Collected> {
  const collected = { party, scope, unit, holdings };
  await observe?.(collected);
  return collected;
}

export async function establishAuthority(authority: AuthorityLink, observe?: Observe): Promise<readonly Collected[]> {
  return [await told('authority', 'setup', await authority.establish(), observe)];
}

export async function makeServerKey(
  server: ServerLink,
  certificate: CertificateType,
  observe?: Observe,
): Promise<readonly Collected[]> {
  return [await told('server', 'setup', await server.generateKeyPair(keyPairAlgorithm(certificate)), observe)];
}

/** The server asks for a certificate, the authority signs it, the server installs it. The private key stays put. */
export async function certify(
  { authority, server }: Pick<Cast, 'authority' | 'server'>,
  serverName: RunOptions['serverName'],
  observe?: Observe,
): Promise<readonly Collected[]> {
  const { advanced: requested, request } = await server.requestCertificate(serverName);
  const first = await told('server', 'setup', requested, observe);
  const { advanced: issued, chain } = await authority.issue(request, serverName);
  const second = await told('authority', 'setup', issued, observe);
  const third = await told('server', 'setup', await server.installCertificate(chain), observe);
  return [first, second, third];
}

/** The client learns whom to trust. */
export async function trust({ authority, client }: Cast, observe?: Observe): Promise<readonly Collected[]> {
  const root = await authority.rootCertificate();
  return [await told('client', 'setup', await client.installTrustAnchor(root), observe)];
}
