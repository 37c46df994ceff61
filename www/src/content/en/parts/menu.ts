// The words of the menu of further choices, behind More.

import type { ChoiceName, ValueName } from '../../../run/choices';
import type { Handshake, RunOptions } from '../../../run/model';

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
  length: 'Reply',
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
  length: { short: 'short', long: 'long: more than one record holds' },
};

type Names = Readonly<Record<Handshake, string>>;
type Why = (options: RunOptions, names: Names) => string;

/** Why some values of a choice cannot be had, beneath it. Of the choices that are not here all values can always be had. */
const without: Readonly<Partial<Record<InMenu, Why>>> = {
  certificate: ({ handshake }, names) =>
    handshake === 'rsa'
      ? 'RSA key exchange needs an RSA certificate: an ECDSA key encrypts nothing.'
      : handshake === 'dh-anon'
        ? "Nobody knows who the other is: the server shows no certificate, signs nothing, and must not ask for the client's certificate."
        : `The cipher suites with ${names[handshake]} call for an RSA certificate.`,
  cipher: ({ handshake, certificate }, names) =>
    handshake === 'rsa'
      ? 'No RFC defines a cipher suite with RSA key exchange and ChaCha20-Poly1305 (RFC 7905).'
      : handshake === 'dh-anon'
        ? `Of the suites with ${names[handshake]} this page has one.`
        : `CBC: this page has no suite of it with ${handshake === 'ecdhe' && certificate === 'ecdsa' ? 'an ECDSA certificate' : names[handshake]}.`,
  group: ({ handshake }, names) =>
    handshake === 'rsa'
      ? 'RSA key exchange uses no group.'
      : handshake === 'ecdhe'
        ? `${names.ecdhe} computes on an elliptic curve: x25519 or secp256r1.`
        : `${names[handshake]} computes in a finite field: ffdhe2048 or ffdhe3072.`,
  clientcert: (_options, names) =>
    `With ${names['dh-anon']} the server must not ask for it (RFC 5246, section 7.4.4): it does not show who it is either.`,
  etm: () => 'Only CBC has this order to choose: the other ciphers encrypt and authenticate in one.',
  resumption: ({ extendedMasterSecret }) =>
    extendedMasterSecret
      ? 'This handshake fails, and leaves no session to resume.'
      : 'Without extended_master_secret no session is resumed: nothing would bind its secret to its handshake (RFC 7627).',
};

export const menu = {
  labels,
  values,
  deprecated: (handshake: string, rfc: number) => `${handshake} key exchange: deprecated for TLS 1.2 by RFC ${rfc}.`,
  notRecommended: (cipher: string, rfc: number) => `${cipher} (not recommended, RFC ${rfc})`,
  notRecommendedNote: (rfc: number) =>
    `RFC ${rfc}, section 4.2, recommends suites with authenticated encryption (AEAD); none of them uses CBC.`,
  identity: 'The server',
  /** Of the server. Where a choice makes the key exchange another one, it says so. */
  identities: {
    shows: 'shows who it is',
    showsAgain: (handshake: string) => `shows who it is: the key exchange becomes ${handshake}`,
    isAnonymous: 'stays anonymous',
    becomesAnonymous: (handshake: string) => `stays anonymous: the key exchange becomes ${handshake}`,
  },
  anonymousNote: 'In TLS 1.2 only for applications that ask for it (RFC 5246, appendix A.5).',
  without,
  said: {
    heading: 'Request and reply',
    note: 'Client and server of this page really send this to each other, encrypted; what it says is invented. What you write stays in this page. It is in a link only if you share one.',
    sends: 'The client sends',
    replies: 'The server replies',
    size: (size: string, most: string) => `${size} of at most ${most} bytes.`,
    faults: {
      empty: 'There is nothing to send.',
      'too long': 'This is too long.',
      unreadable: 'Only characters that can be seen, and line breaks, can be sent.',
    },
    use: 'Send this',
    usual: "The page's own texts",
  },
  fails: 'This handshake fails; the steps show which check notices.',
  newRun: 'New run',
  newKey: 'New server key',
  copySeed: 'Copy the seed',
  seeded: 'This run is seeded: its random numbers follow from a fixed seed.',
} as const;
