// The words of the menu of further choices, behind More.

import type { ChoiceName, ValueName } from '../../../run/choices';

/** What is chosen elsewhere: handshakes by a toggle. */
type InMenu = Exclude<ChoiceName, 'handshake'>;

const labels: Record<InMenu, string> = {
  cipher: 'Cipher',
  etm: 'Order',
  certificate: 'Certificate',
  clientcert: 'Client certificate',
  resumption: 'Session resumption',
  group: 'Group',
  ems: 'Master secret',
};

const values: { readonly [N in InMenu]: Record<ValueName<N>, string> } = {
  cipher: {
    'aes-128-gcm': 'AES-128-GCM',
    'aes-256-gcm': 'AES-256-GCM',
    'chacha20-poly1305': 'ChaCha20-Poly1305',
    'aes-128-cbc': 'AES-128-CBC with HMAC',
  },
  etm: { on: 'encrypt, then MAC (RFC 7366)', off: 'MAC, then encrypt' },
  certificate: { rsa: 'RSA', ecdsa: 'ECDSA' },
  clientcert: {
    off: 'the server does not ask',
    none: 'asked for; the client has none',
    shown: 'asked for and shown',
    missing: 'required; the client has none',
    untrusted: 'required; of an authority not trusted',
  },
  resumption: {
    none: 'none: a full handshake',
    'session-id': 'by session ID',
    'session-ticket': 'by session ticket',
  },
  group: { x25519: 'x25519', secp256r1: 'secp256r1 (P-256)', ffdhe2048: 'ffdhe2048', ffdhe3072: 'ffdhe3072' },
  ems: { on: 'bound to the handshake (RFC 7627)', off: 'bound to both randoms' },
};

export const menu = {
  labels,
  values,
  deprecated: (handshake: string, rfc: number) => `${handshake} key exchange: deprecated for TLS 1.2 by RFC ${rfc}.`,
  notRecommended: (cipher: string, rfc: number) => `${cipher} (not recommended, RFC ${rfc})`,
  notRecommendedNote: (rfc: number) =>
    `RFC ${rfc}, section 4.2, recommends suites with authenticated encryption (AEAD); none of them uses CBC.`,
  identity: 'The server',
  identities: { shown: 'shows who it is', anonymous: 'stays anonymous (DH_anon)' },
  anonymousNote: 'In TLS 1.2 only for applications that ask for it (RFC 5246, appendix A.5).',
  /** In the place of a choice that there is not. */
  noChoice: {
    certificate: {
      rsa: 'RSA key exchange needs an RSA certificate: an ECDSA key encrypts nothing.',
      dhe: 'The cipher suites with DHE call for an RSA certificate.',
      'dh-anon':
        "Nobody knows who the other is: the server shows no certificate, signs nothing, and must not ask for the client's certificate.",
    },
    group: 'RSA key exchange uses no group.',
    resumption:
      'Without extended_master_secret no session is resumed: nothing would bind its secret to its handshake (RFC 7627).',
  },
  fails: 'This handshake fails; the steps show which check notices.',
  newRun: 'New run',
  newKey: 'New server key',
  seeded: 'This run is seeded: its random numbers follow from a fixed seed.',
} as const;
