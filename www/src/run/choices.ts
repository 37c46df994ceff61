/** What goes with what: the certificates, groups and ciphers that there are suites for. Best first. Pure functions. */

import type { CertificateType, Cipher, ClientCertificate, Group, Handshake, Resumption, RunOptions } from './model';

export const HANDSHAKES = ['rsa', 'dhe', 'ecdhe', 'dh-anon'] as const satisfies readonly Handshake[];

/** Those that are at hand. The others are there for who asks for them. */
export const USUAL: readonly Handshake[] = ['rsa', 'dhe', 'ecdhe'];

export const RESUMPTIONS = ['none', 'session-id', 'session-ticket'] as const satisfies readonly Resumption[];

export const CLIENT_CERTIFICATES = [
  'off',
  'none',
  'shown',
  'missing',
  'untrusted',
] as const satisfies readonly ClientCertificate[];

/** The RFCs that deprecate a key exchange in TLS 1.2. As the core has it (`deprecatedBy`): a test compares. */
const DEPRECATED_BY: Readonly<Partial<Record<Handshake, number>>> = { rsa: 10015, dhe: 10015, 'dh-anon': 10015 };

/** The RFCs that leave a cipher's mode out of what they recommend. As the core has it (`notRecommendedBy`). */
const NOT_RECOMMENDED_BY: Readonly<Partial<Record<Cipher, number>>> = { 'aes-128-cbc': 9325 };

export function notRecommendedBy(cipher: Cipher): number | undefined {
  return NOT_RECOMMENDED_BY[cipher];
}

export function deprecatedBy(handshake: Handshake): number | undefined {
  return DEPRECATED_BY[handshake];
}

const GROUPS: Readonly<Record<Handshake, readonly Group[]>> = {
  // RSA key exchange has no one-time keys. What stands here is offered all the same, for the suites that have.
  rsa: ['x25519', 'secp256r1'],
  dhe: ['ffdhe2048', 'ffdhe3072'],
  ecdhe: ['x25519', 'secp256r1'],
  'dh-anon': ['ffdhe2048', 'ffdhe3072'],
};

/** An ECDSA key encrypts nothing, and DHE has no suites with one that anybody uses. With DH_anon none is shown. */
const CERTIFICATES: Readonly<Record<Handshake, readonly CertificateType[]>> = {
  rsa: ['rsa'],
  dhe: ['rsa'],
  ecdhe: ['rsa', 'ecdsa'],
  'dh-anon': ['rsa'],
};

export function groupsFor(handshake: Handshake): readonly Group[] {
  return GROUPS[handshake];
}

/** A server that does not show who it is must not ask who the client is (RFC 5246, section 7.4.4). */
export function clientCertificatesFor(handshake: Handshake): readonly ClientCertificate[] {
  return handshake === 'dh-anon' ? ['off'] : CLIENT_CERTIFICATES;
}

export function certificatesFor(handshake: Handshake): readonly CertificateType[] {
  return CERTIFICATES[handshake];
}

/** ChaCha20-Poly1305 came after RSA key exchange had gone out of use, CBC was left behind before ECDSA and DHE were. */
export function ciphersFor(handshake: Handshake, certificate: CertificateType): readonly Cipher[] {
  if (handshake === 'dh-anon') return ['aes-128-gcm'];
  const gcm: readonly Cipher[] = ['aes-128-gcm', 'aes-256-gcm'];
  if (handshake === 'rsa') return [...gcm, 'aes-128-cbc'];
  if (handshake === 'dhe' || certificate === 'ecdsa') return [...gcm, 'chacha20-poly1305'];
  return [...gcm, 'chacha20-poly1305', 'aes-128-cbc'];
}

/**
 * Sessions are resumed only if their master secret is bound to their handshake (RFC 7627, section 5.3); and a connection that
 * fails leaves none.
 */
export function resumptionsFor({
  extendedMasterSecret,
  clientCertificate,
}: Pick<RunOptions, 'extendedMasterSecret' | 'clientCertificate'>): readonly Resumption[] {
  const fails = clientCertificate === 'missing' || clientCertificate === 'untrusted';
  return extendedMasterSecret && !fails ? RESUMPTIONS : ['none'];
}

/** The same options for another handshake or certificate: what does not go with it is the best that does. */
export function fitting(options: RunOptions): RunOptions {
  const certificate = nearest(options.certificate, certificatesFor(options.handshake));
  const clientCertificate = nearest(options.clientCertificate, clientCertificatesFor(options.handshake));
  return {
    ...options,
    certificate,
    clientCertificate,
    resumption: nearest(options.resumption, resumptionsFor({ ...options, clientCertificate })),
    group: nearest(options.group, groupsFor(options.handshake)),
    cipher: nearest(options.cipher, ciphersFor(options.handshake, certificate)),
  };
}

function nearest<T>(wanted: T, possible: readonly T[]): T {
  return possible.includes(wanted) ? wanted : (possible[0] ?? wanted);
}
