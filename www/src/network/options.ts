/** The page's few choices as the parties' options: the client offers all it knows, the server takes what was chosen. */

import type {
  Cipher,
  ClientOptions,
  Group,
  KeyExchange,
  KeyPairAlgorithm,
  ServerOptions,
} from '../../pkg/tls_glass.js';
import type { CertificateType, RunOptions } from '../run/model';

const KEY_EXCHANGES: readonly KeyExchange[] = ['ecdhe_ecdsa', 'ecdhe_rsa', 'rsa'];
const CIPHERS: readonly Cipher[] = ['aes_128_gcm', 'aes_256_gcm'];
const GROUPS: readonly Group[] = ['x25519', 'secp256r1'];
const PROTOCOLS = ['http/1.1'];

export function clientOptions(options: RunOptions): ClientOptions {
  return {
    serverName: options.serverName,
    keyExchanges: firstOf(keyExchange(options), KEY_EXCHANGES),
    ciphers: firstOf(cipher(options), CIPHERS),
    groups: firstOf(options.group, GROUPS),
    applicationProtocols: PROTOCOLS,
    request: { path: options.path },
  };
}

export function serverOptions(options: RunOptions): ServerOptions {
  return {
    keyExchanges: [keyExchange(options)],
    ciphers: [cipher(options)],
    groups: [options.group],
    applicationProtocols: PROTOCOLS,
  };
}

export function keyPairAlgorithm(certificate: CertificateType): KeyPairAlgorithm {
  return certificate === 'ecdsa' ? 'ecdsa_p256' : 'rsa';
}

function keyExchange({ handshake, certificate }: RunOptions): KeyExchange {
  if (handshake === 'rsa') return 'rsa';
  return certificate === 'ecdsa' ? 'ecdhe_ecdsa' : 'ecdhe_rsa';
}

function cipher(options: RunOptions): Cipher {
  return options.cipher === 'aes-256-gcm' ? 'aes_256_gcm' : 'aes_128_gcm';
}

function firstOf<T>(first: T, all: readonly T[]): T[] {
  return [first, ...all.filter((each) => each !== first)];
}
