// The terms that readers come with: how people call each, and what it is in one or two sentences.

import type { TermName } from '../../../run/terms';
import type { TermWords } from '../../words';
import { plural } from '../names';

const terms: Record<TermName, TermWords> = {
  'session key': {
    name: 'Session key',
    words: ['session keys', 'data key', 'data keys', 'traffic key', 'encryption key', 'bulk encryption key'],
    text: 'Articles say that both sides share a session key. In TLS there is a data key for each direction, and each side derives both of them.',
  },
  symmetric: {
    name: 'Symmetric encryption',
    words: ['symmetric', 'symmetric key', 'symmetric cipher', 'secret-key cryptography', 'AES'],
    text: 'One key encrypts and the same key decrypts. The data keys are of this kind, so the client can read what the server encrypted.',
  },
  asymmetric: {
    name: 'Asymmetric cryptography',
    words: ['asymmetric', 'asymmetric encryption', 'public-key cryptography', 'key pair', 'RSA key'],
    text: 'A key pair: the public key encrypts or verifies, the private key decrypts or signs. TLS uses it in the handshake, and not for the data.',
  },
  phases: {
    name: 'The two phases',
    words: ['two phases', 'phase', 'phases', 'handshake phase', 'data phase', 'hybrid encryption', 'record protocol'],
    text: 'First the handshake: both sides come to share a secret, and the client checks the server. Then data crosses the wire, encrypted with keys that follow from that secret.',
  },
  handshake: {
    name: 'Handshake',
    words: ['TLS handshake', 'SSL handshake', 'hello', 'ClientHello', 'negotiation'],
    text: 'The messages by which client and server settle their methods and come to share a secret, before any data. It begins with the offer of the client.',
  },
  'pre-master secret': {
    name: 'Pre-master secret',
    words: ['premaster secret', 'pre master secret', 'pre_master_secret', 'shared secret', 'PMS', 'shared key'],
    text: 'The first secret that both sides share; here it is called the {pre_master_secret}. With RSA the client draws it and sends it encrypted, with ECDHE and DHE both sides compute it.',
  },
  'master secret': {
    name: 'Master secret',
    words: ['master_secret', 'master key', 'extended master secret', 'PRF', 'key derivation'],
    text: 'It is derived from the {pre_master_secret} and what both hellos brought. All keys for data are derived from it.',
  },
  'https and wss': {
    name: 'HTTPS and WSS',
    words: ['HTTPS', 'WSS', 'HTTP', 'WebSocket', 'secure WebSocket', 'padlock'],
    text: 'HTTP or WebSocket messages sent through TLS: after the same handshake, they are encrypted with the data keys. Here it is an HTTP request and its reply.',
  },
  ssl: {
    name: 'SSL and TLS',
    words: ['SSL', 'TLS', 'Secure Sockets Layer', 'Transport Layer Security', 'SSL/TLS'],
    text: 'SSL is what TLS was called before it was a standard, and RFCs forbid all of its versions. Many people still say SSL and mean TLS.',
  },
  'digital certificate': {
    name: 'Digital certificate',
    words: ['certificate', 'SSL certificate', 'X.509', 'server certificate', 'cert'],
    text: "It says whose public key this is, and an authority has signed that. Anyone may copy it: the server's private key is not in it.",
  },
  authority: {
    name: 'Certificate authority (CA)',
    words: [
      'CA',
      'certificate authority',
      'certification authority',
      'root certificate',
      'PKI',
      'chain of trust',
      'issuer',
    ],
    text: "The authority signs certificates. The client trusts it beforehand, and so it can check the server's certificate without having met the server.",
  },
  'public key': {
    name: 'Public key',
    words: ["server's public key", 'RSA public key'],
    text: "Anyone may have it: it encrypts what only the private key decrypts, or verifies what the private key signed. The server's public key is in its certificate.",
  },
  'private key': {
    name: 'Private key',
    words: ["server's private key", 'secret key', 'RSA private key'],
    text: "It stays with whoever made it. The server's private key decrypts a secret or signs in the handshake; it does not encrypt the reply, and the client does not need it.",
  },
  'key exchange': {
    name: 'Key exchange',
    words: ['key agreement', 'RSA key exchange', 'Diffie-Hellman', 'DH', 'DHE', 'ECDH', 'ECDHE', 'elliptic curve'],
    text: 'How both sides come to share a secret. With RSA the client sends it encrypted; with ECDHE and DHE each side combines its one-time private key with the one-time public key of the other.',
  },
  'one-time key': {
    name: 'One-time key',
    words: ['ephemeral', 'ephemeral key', 'one-time private key', 'one-time public key', 'temporary key'],
    text: 'A key pair made for one connection and erased in it; RFCs call it ephemeral. ECDHE and DHE have them, RSA key exchange does not.',
  },
  'cipher suite': {
    name: 'Cipher suite',
    words: ['suite', 'cipher', 'algorithms', 'AES-GCM', 'TLS_RSA_WITH_AES_128_GCM_SHA256'],
    text: 'A set of methods: for the key exchange, for proving who the server is, for encrypting data, and a hash. The client offers several, the server chooses one.',
  },
  'forward secrecy': {
    name: 'Forward secrecy',
    words: ['perfect forward secrecy', 'PFS', 'record now decrypt later'],
    text: "Who records a connection and later steals the server's private key still reads nothing. ECDHE and DHE have it, RSA key exchange does not.",
  },
  random: {
    name: 'Nonce, or random number',
    words: [
      'nonce',
      'random',
      'random number',
      'client random',
      'server random',
      'client_random',
      'server_random',
      'replay',
    ],
    text: 'Each side sends a new random number in its hello. The keys depend on both, so that each connection gets keys of its own.',
  },
  signature: {
    name: 'Digital signature',
    words: ['signature', 'signing', 'sign', 'RSA signature', 'ECDSA'],
    text: 'Made with a private key, verified with the public key that belongs to it. It shows who made something and that nobody changed it; it encrypts nothing.',
  },
  finished: {
    name: 'Finished',
    words: ['Finished message', 'verify_data', 'tampering', 'downgrade attack', 'integrity'],
    text: 'The last message of the handshake from each side, and the first encrypted one. It proves that both saw the same messages.',
  },
  eavesdropper: {
    name: 'Eavesdropper (Eve)',
    words: ['Eve', 'eavesdropper', 'sniffing', 'Wireshark', 'man in the middle', 'listener', 'attacker'],
    text: 'Eve hears everything that crosses the wire and keeps it. Whether she can read it depends on the keys that she has.',
  },
};

export const ofTerms = {
  terms,
  field: 'A term, as you know it',
  hint: 'for example session key, symmetric, CA',
  found: (n: number) => (n === 0 ? 'No term is called so. Empty the field to see all.' : plural(n, 'entry', 'entries')),
  step: (stop: string) => `See ${stop}`,
  value: 'A value of this run',
} as const;
