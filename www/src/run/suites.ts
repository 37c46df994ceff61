/**
 * What each cipher suite stands for, by the RFC that defines it. `test/suites.test.ts` holds every row against the core's own
 * table and against what a connection with that suite really computes.
 */

import type { Cipher, Handshake, RunOptions } from './model';

export interface Suite {
  readonly keyExchange: 'RSA' | 'DHE' | 'ECDHE' | 'DH_anon';
  /** The kind of the key with which the server proves who it is; none where it does not. */
  readonly authentication: 'RSA' | 'ECDSA' | undefined;
  readonly cipher: 'AES-128-GCM' | 'AES-256-GCM' | 'ChaCha20-Poly1305' | 'AES-128-CBC';
  /** Of a cipher that does not authenticate by itself. */
  readonly mac: 'HMAC-SHA1' | 'HMAC-SHA256' | undefined;
  /** Of the key derivation and of Finished. */
  readonly hash: 'SHA-256' | 'SHA-384';
}

type Protecting = Pick<Suite, 'cipher' | 'mac' | 'hash'>;

const AES_128: Protecting = { cipher: 'AES-128-GCM', mac: undefined, hash: 'SHA-256' };
const AES_256: Protecting = { cipher: 'AES-256-GCM', mac: undefined, hash: 'SHA-384' };
const CHACHA20: Protecting = { cipher: 'ChaCha20-Poly1305', mac: undefined, hash: 'SHA-256' };
const CBC_SHA: Protecting = { cipher: 'AES-128-CBC', mac: 'HMAC-SHA1', hash: 'SHA-256' };
const CBC_SHA256: Protecting = { cipher: 'AES-128-CBC', mac: 'HMAC-SHA256', hash: 'SHA-256' };

const suite = (
  keyExchange: Suite['keyExchange'],
  authentication: Suite['authentication'],
  protecting: Protecting,
): Suite => ({ keyExchange, authentication, ...protecting });

/** RFC 5246 and 5288 (RSA, DHE and DH_anon), RFC 5289 and 8422 (ECDHE), RFC 7905 (ChaCha20-Poly1305). */
export const SUITES: Readonly<Record<string, Suite>> = {
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: suite('ECDHE', 'ECDSA', AES_128),
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: suite('ECDHE', 'RSA', AES_128),
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: suite('ECDHE', 'ECDSA', AES_256),
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: suite('ECDHE', 'RSA', AES_256),
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: suite('ECDHE', 'ECDSA', CHACHA20),
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: suite('ECDHE', 'RSA', CHACHA20),
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256: suite('ECDHE', 'RSA', CBC_SHA256),
  TLS_DHE_RSA_WITH_AES_128_GCM_SHA256: suite('DHE', 'RSA', AES_128),
  TLS_DHE_RSA_WITH_AES_256_GCM_SHA384: suite('DHE', 'RSA', AES_256),
  TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256: suite('DHE', 'RSA', CHACHA20),
  TLS_RSA_WITH_AES_128_GCM_SHA256: suite('RSA', 'RSA', AES_128),
  TLS_RSA_WITH_AES_256_GCM_SHA384: suite('RSA', 'RSA', AES_256),
  TLS_RSA_WITH_AES_128_CBC_SHA: suite('RSA', 'RSA', CBC_SHA),
  TLS_DH_anon_WITH_AES_128_GCM_SHA256: suite('DH_anon', undefined, AES_128),
};

const KEY_EXCHANGES: Readonly<Record<Handshake, Suite['keyExchange']>> = {
  rsa: 'RSA',
  dhe: 'DHE',
  ecdhe: 'ECDHE',
  'dh-anon': 'DH_anon',
};

const CIPHERS: Readonly<Record<Cipher, Suite['cipher']>> = {
  'aes-128-gcm': 'AES-128-GCM',
  'aes-256-gcm': 'AES-256-GCM',
  'chacha20-poly1305': 'ChaCha20-Poly1305',
  'aes-128-cbc': 'AES-128-CBC',
};

/** The suite that a connection with these options has. */
export function suiteFor(
  options: Pick<RunOptions, 'handshake' | 'cipher' | 'certificate'>,
): readonly [name: string, suite: Suite] | undefined {
  const authentication = options.handshake === 'dh-anon' ? undefined : AUTHENTICATIONS[options.certificate];
  return Object.entries(SUITES).find(
    ([, each]) =>
      each.keyExchange === KEY_EXCHANGES[options.handshake] &&
      each.cipher === CIPHERS[options.cipher] &&
      each.authentication === authentication,
  );
}

const AUTHENTICATIONS = { rsa: 'RSA', ecdsa: 'ECDSA' } as const;
