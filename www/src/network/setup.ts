/** What comes before a connection: keys, certificates, and whom each side trusts. */

import type { CertificateType, RunOptions } from '../run/model';
import { isShown } from '../run/steps';
import type { AuthorityLink, EavesdropperLink, PartyLinks, ServerLink } from './party-hosts';
import { keyPairAlgorithm } from './party-options';
import type { Recorder } from './recorder';

export async function establishAuthority(recorder: Recorder, authority: AuthorityLink): Promise<void> {
  await recorder.addUnit('authority', 'setup', await authority.establish());
}

export async function makeServerKey(
  recorder: Recorder,
  server: ServerLink,
  certificate: CertificateType,
): Promise<void> {
  await recorder.addUnit('server', 'setup', await server.generateKeyPair(keyPairAlgorithm(certificate)));
}

/** The server asks for a certificate, the authority signs it, the server installs it. The private key stays put. */
export async function certify(
  recorder: Recorder,
  { authority, server }: Pick<PartyLinks, 'authority' | 'server'>,
  serverName: RunOptions['serverName'],
): Promise<void> {
  const { advanced: requested, request } = await server.requestCertificate(serverName);
  await recorder.addUnit('server', 'setup', requested);
  const { advanced: issued, chain } = await authority.issue(request, serverName);
  await recorder.addUnit('authority', 'setup', issued);
  await recorder.addUnit('server', 'setup', await server.installCertificate(chain));
}

/** Eve is there before the first byte. */
export async function listen(recorder: Recorder, eavesdropper: EavesdropperLink): Promise<void> {
  await recorder.addUnit('eavesdropper', 'setup', await eavesdropper.listen());
}

/** Whom the client's certificate is for. */
const CLIENT_NAME = 'Alice';

/** Each side learns whom to trust; a client that shows a certificate first gets one. */
export async function installTrust(recorder: Recorder, links: PartyLinks, options: RunOptions): Promise<void> {
  const root = await links.authority.rootCertificate();
  await recorder.addUnit('client', 'setup', await links.client.installTrustAnchor(root));
  if (isShown(options)) await certifyClient(recorder, links);
  // The server outlives its runs; whom it trusted in the one before, and what that left, is of no account.
  await links.server.forgetTrustAnchors();
  await links.server.forgetSessions();
  if (options.resumption === 'session-ticket') {
    await recorder.addUnit('server', 'setup', await links.server.generateTicketKey());
  }
  if (trustsClients(options)) await recorder.addUnit('server', 'setup', await links.server.installTrustAnchor(root));
}

/** The client makes a key pair of its own, and gets a certificate for it as the server did. */
async function certifyClient(
  recorder: Recorder,
  { authority, client }: Pick<PartyLinks, 'authority' | 'client'>,
): Promise<void> {
  await recorder.addUnit('client', 'setup', await client.generateKeyPair(keyPairAlgorithm('ecdsa')));
  const { advanced: requested, request } = await client.requestCertificate();
  await recorder.addUnit('client', 'setup', requested);
  const { advanced: issued, chain } = await authority.issueToClient(request, CLIENT_NAME);
  await recorder.addUnit('authority', 'setup', issued);
  await recorder.addUnit('client', 'setup', await client.installCertificate(chain));
}

/** Whether the server takes the authority's word on clients. */
function trustsClients({ clientCertificate }: RunOptions): boolean {
  return clientCertificate !== 'off' && clientCertificate !== 'untrusted';
}
