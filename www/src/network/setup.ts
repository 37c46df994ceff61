/** What comes before a connection: keys, certificates, and whom each side trusts. */

import type { CertificateType, RunOptions } from '../run/model';
import { isShown } from '../run/steps';
import type { AuthorityLink, Cast, EavesdropperLink, ServerLink } from './links';
import { keyPairAlgorithm } from './options';
import type { Story } from './story';

export async function establishAuthority(story: Story, authority: AuthorityLink): Promise<void> {
  await story.tell('authority', 'setup', await authority.establish());
}

export async function makeServerKey(story: Story, server: ServerLink, certificate: CertificateType): Promise<void> {
  await story.tell('server', 'setup', await server.generateKeyPair(keyPairAlgorithm(certificate)));
}

/** The server asks for a certificate, the authority signs it, the server installs it. The private key stays put. */
export async function certify(
  story: Story,
  { authority, server }: Pick<Cast, 'authority' | 'server'>,
  serverName: RunOptions['serverName'],
): Promise<void> {
  const { advanced: requested, request } = await server.requestCertificate(serverName);
  await story.tell('server', 'setup', requested);
  const { advanced: issued, chain } = await authority.issue(request, serverName);
  await story.tell('authority', 'setup', issued);
  await story.tell('server', 'setup', await server.installCertificate(chain));
}

/** Eve is there before the first byte. */
export async function listen(story: Story, eavesdropper: EavesdropperLink): Promise<void> {
  await story.tell('eavesdropper', 'setup', await eavesdropper.listen());
}

/** Whom the client's certificate is for. */
const CLIENT_NAME = 'Alice';

/** Each side learns whom to trust; a client that shows a certificate first gets one. */
export async function introduce(story: Story, cast: Cast, options: RunOptions): Promise<void> {
  const root = await cast.authority.rootCertificate();
  await story.tell('client', 'setup', await cast.client.installTrustAnchor(root));
  if (isShown(options)) await certifyClient(story, cast);
  // The server outlives its runs; whom it trusted in the one before, and what that left, is of no account.
  await cast.server.forgetTrustAnchors();
  await cast.server.forgetSessions();
  if (options.resumption === 'session-ticket') {
    await story.tell('server', 'setup', await cast.server.generateTicketKey());
  }
  if (trustsClients(options)) await story.tell('server', 'setup', await cast.server.installTrustAnchor(root));
}

/** The client makes a key pair of its own, and gets a certificate for it as the server did. */
async function certifyClient(story: Story, { authority, client }: Pick<Cast, 'authority' | 'client'>): Promise<void> {
  await story.tell('client', 'setup', await client.generateKeyPair(keyPairAlgorithm('ecdsa')));
  const { advanced: requested, request } = await client.requestCertificate();
  await story.tell('client', 'setup', requested);
  const { advanced: issued, chain } = await authority.issueToClient(request, CLIENT_NAME);
  await story.tell('authority', 'setup', issued);
  await story.tell('client', 'setup', await client.installCertificate(chain));
}

/** Whether the server takes the authority's word on clients. */
function trustsClients({ clientCertificate }: RunOptions): boolean {
  return clientCertificate !== 'off' && clientCertificate !== 'untrusted';
}
