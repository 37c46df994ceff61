/** What comes before a connection: the authority's keys, the server's key pair and its certificate. */

import type { CertificateType, RunOptions } from '../run/model';
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

/** The client learns whom to trust. */
export async function trust(story: Story, { authority, client }: Pick<Cast, 'authority' | 'client'>): Promise<void> {
  const root = await authority.rootCertificate();
  await story.tell('client', 'setup', await client.installTrustAnchor(root));
}
