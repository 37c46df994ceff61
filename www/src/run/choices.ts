/** What goes with what: the certificates, groups and ciphers that there are suites for. Best first. Pure functions. */

import type { CertificateType, Cipher, ClientCertificate, Group, Handshake, RunOptions } from './model';

export const HANDSHAKES = ['rsa', 'dhe', 'ecdhe'] as const satisfies readonly Handshake[];

export const CLIENT_CERTIFICATES = [
  'off',
  'none',
  'shown',
  'missing',
  'untrusted',
] as const satisfies readonly ClientCertificate[];

const GROUPS: Readonly<Record<Handshake, readonly Group[]>> = {
  // RSA key exchange has no one-time keys. What stands here is offered all the same, for the suites that have.
  rsa: ['x25519', 'secp256r1'],
  dhe: ['ffdhe2048', 'ffdhe3072'],
  ecdhe: ['x25519', 'secp256r1'],
};

/** An ECDSA key encrypts nothing, and DHE has no suites with one that anybody uses. */
const CERTIFICATES: Readonly<Record<Handshake, readonly CertificateType[]>> = {
  rsa: ['rsa'],
  dhe: ['rsa'],
  ecdhe: ['rsa', 'ecdsa'],
};

export function groupsFor(handshake: Handshake): readonly Group[] {
  return GROUPS[handshake];
}

export function certificatesFor(handshake: Handshake): readonly CertificateType[] {
  return CERTIFICATES[handshake];
}

/** ChaCha20-Poly1305 came after RSA key exchange had gone out of use, CBC was left behind before ECDSA and DHE were. */
export function ciphersFor(handshake: Handshake, certificate: CertificateType): readonly Cipher[] {
  const gcm: readonly Cipher[] = ['aes-128-gcm', 'aes-256-gcm'];
  if (handshake === 'rsa') return [...gcm, 'aes-128-cbc'];
  if (handshake === 'dhe' || certificate === 'ecdsa') return [...gcm, 'chacha20-poly1305'];
  return [...gcm, 'chacha20-poly1305', 'aes-128-cbc'];
}

/** The same options for another handshake or certificate: what does not go with it is the best that does. */
export function fitting(options: RunOptions): RunOptions {
  const certificate = nearest(options.certificate, certificatesFor(options.handshake));
  return {
    ...options,
    certificate,
    group: nearest(options.group, groupsFor(options.handshake)),
    cipher: nearest(options.cipher, ciphersFor(options.handshake, certificate)),
  };
}

function nearest<T>(wanted: T, possible: readonly T[]): T {
  return possible.includes(wanted) ? wanted : (possible[0] ?? wanted);
}
