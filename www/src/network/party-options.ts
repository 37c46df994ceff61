/** The page's few choices as the parties' options: the client offers all it knows, the server takes what was chosen. */

import type { Cipher, ClientOptions, KeyExchange, KeyPairAlgorithm, ServerOptions } from '../../pkg/tls_glass.js';
import {
  CORE_CIPHERS,
  CORE_CLIENT_CERTIFICATES,
  CORE_RESUMPTIONS,
  CURVES,
  FINITE_FIELDS,
  isOfFiniteField,
  KEY_EXCHANGES,
} from '../run/choices';
import { replyContent } from '../run/exchange';
import type { CertificateType, RunOptions } from '../run/model';

const OFFERED_KEY_EXCHANGES: readonly KeyExchange[] = ['ecdhe_ecdsa', 'ecdhe_rsa', 'rsa'];
const OFFERED_CIPHERS: readonly Cipher[] = ['aes_128_gcm', 'aes_256_gcm'];
const PROTOCOLS = ['http/1.1'];

export function clientOptions(options: RunOptions): ClientOptions {
  return {
    serverName: options.serverName,
    keyExchanges: firstOf(keyExchange(options), OFFERED_KEY_EXCHANGES),
    ciphers: firstOf(cipher(options), OFFERED_CIPHERS),
    groups: firstOf(options.group, isOfFiniteField(options) ? [...FINITE_FIELDS, ...CURVES] : CURVES),
    applicationProtocols: PROTOCOLS,
    extendedMasterSecret: options.extendedMasterSecret,
    encryptThenMac: options.encryptThenMac,
    resumption: CORE_RESUMPTIONS[options.resumption],
    request: { path: options.path, content: options.sends },
  };
}

export function serverOptions(options: RunOptions): ServerOptions {
  return {
    keyExchanges: [keyExchange(options)],
    ciphers: [cipher(options)],
    groups: [options.group],
    applicationProtocols: PROTOCOLS,
    clientCertificates: CORE_CLIENT_CERTIFICATES[options.clientCertificate],
    resumption: CORE_RESUMPTIONS[options.resumption],
    reply: replyContent(options),
  };
}

export function keyPairAlgorithm(certificate: CertificateType): KeyPairAlgorithm {
  return certificate === 'ecdsa' ? 'ecdsa_p256' : 'rsa';
}

/** With a certificate that does not go with it, the one that the handshake has with the best: the core sees what comes of it. */
export function keyExchange({ handshake, certificate }: RunOptions): KeyExchange {
  const [best] = Object.values(KEY_EXCHANGES[handshake]);
  const found = KEY_EXCHANGES[handshake][certificate] ?? best;
  if (!found) throw new Error(`there is no key exchange for ${handshake}`);
  return found;
}

export function cipher(options: RunOptions): Cipher {
  return CORE_CIPHERS[options.cipher];
}

function firstOf<T>(first: T, all: readonly T[]): T[] {
  return [first, ...all.filter((each) => each !== first)];
}
