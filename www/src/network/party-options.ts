/** The page's few choices as the parties' options: the client offers all it knows, the server takes what was chosen. */

import type {
  Cipher,
  ClientCertificates,
  ClientOptions,
  Group,
  KeyExchange,
  KeyPairAlgorithm,
  Resumption,
  ServerOptions,
} from '../../pkg/tls_glass.js';
import type { CertificateType, RunOptions } from '../run/model';

const KEY_EXCHANGES: readonly KeyExchange[] = ['ecdhe_ecdsa', 'ecdhe_rsa', 'rsa'];
const CIPHERS: readonly Cipher[] = ['aes_128_gcm', 'aes_256_gcm'];
/** Those of the curves are always offered; those of finite fields where the key exchange is in one. */
const CURVES: readonly Group[] = ['x25519', 'secp256r1'];
const FINITE_FIELDS: readonly Group[] = ['ffdhe2048', 'ffdhe3072'];
const PROTOCOLS = ['http/1.1'];

export function clientOptions(options: RunOptions): ClientOptions {
  return {
    serverName: options.serverName,
    keyExchanges: firstOf(keyExchange(options), KEY_EXCHANGES),
    ciphers: firstOf(cipher(options), CIPHERS),
    groups: firstOf(options.group, ofFiniteField(options) ? [...FINITE_FIELDS, ...CURVES] : CURVES),
    applicationProtocols: PROTOCOLS,
    extendedMasterSecret: options.extendedMasterSecret,
    encryptThenMac: options.encryptThenMac,
    resumption: RESUMPTIONS[options.resumption],
    request: { path: options.path },
  };
}

export function serverOptions(options: RunOptions): ServerOptions {
  return {
    keyExchanges: [keyExchange(options)],
    ciphers: [cipher(options)],
    groups: [options.group],
    applicationProtocols: PROTOCOLS,
    clientCertificates: CLIENT_CERTIFICATES[options.clientCertificate],
    resumption: RESUMPTIONS[options.resumption],
  };
}

const CLIENT_CERTIFICATES: Readonly<Record<RunOptions['clientCertificate'], ClientCertificates>> = {
  off: 'none',
  none: 'requested',
  shown: 'requested',
  missing: 'required',
  untrusted: 'required',
};

const RESUMPTIONS: Readonly<Record<RunOptions['resumption'], Resumption>> = {
  none: 'none',
  'session-id': 'session_id',
  'session-ticket': 'session_ticket',
};

function ofFiniteField({ handshake }: RunOptions): boolean {
  return handshake === 'dhe' || handshake === 'dh-anon';
}

export function keyPairAlgorithm(certificate: CertificateType): KeyPairAlgorithm {
  return certificate === 'ecdsa' ? 'ecdsa_p256' : 'rsa';
}

export function keyExchange({ handshake, certificate }: RunOptions): KeyExchange {
  if (handshake === 'rsa') return 'rsa';
  if (handshake === 'dhe') return 'dhe_rsa';
  if (handshake === 'dh-anon') return 'dh_anon';
  return certificate === 'ecdsa' ? 'ecdhe_ecdsa' : 'ecdhe_rsa';
}

const CIPHER_NAMES: Readonly<Record<RunOptions['cipher'], Cipher>> = {
  'aes-128-gcm': 'aes_128_gcm',
  'aes-256-gcm': 'aes_256_gcm',
  'chacha20-poly1305': 'chacha20_poly1305',
  'aes-128-cbc': 'aes_128_cbc',
};

export function cipher(options: RunOptions): Cipher {
  return CIPHER_NAMES[options.cipher];
}

function firstOf<T>(first: T, all: readonly T[]): T[] {
  return [first, ...all.filter((each) => each !== first)];
}
