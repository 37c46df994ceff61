// What every step says: title, caption (at most 22 words), why (at most 45), and a second depth for engineers.
// {placeholders} are filled from the run (../facts.ts).

import type { STEPS } from '../../../run/steps';
import type { ClientStep, Epilogue, StepWords } from '../../words';

/** The handshakes whose words are there from the beginning. */
type Usual = 'rsa' | 'dhe' | 'ecdhe';
type WordsOf<H extends Usual> = Record<Exclude<(typeof STEPS)[H][number], ClientStep> | Epilogue, StepWords>;

const certificate: StepWords = {
  title: 'The authority signs a certificate',
  caption:
    "The server keeps its private key; the authority receives only the public key, and signs it with the server's name.",
  why: 'A certificate says whose public key this is, on the word of an authority that the client trusts. Signing it needs only the public key, so the private key stays where it was made.',
  engineers:
    'The server sends a certification request (PKCS #10, RFC 2986) with its subjectPublicKeyInfo, signed with its own key. The intermediate authority issues an X.509 version 3 certificate with subjectAltName, keyUsage and extKeyUsage (RFC 5280).',
};

const clientHello: StepWords = {
  title: 'The client makes an offer',
  caption: 'It sends its newest version, {suitesOffered} cipher suites and a random number, readable by anyone.',
  why: 'Both sides must use the same methods, and the client speaks first. Its random number is new in each connection, so that old messages do not fit into a new connection.',
  engineers:
    'ClientHello (RFC 5246, section 7.4.1.2): client_version, random, session_id, cipher_suites, compression_methods and {extensionsOffered} extensions, {clientHelloSize} bytes in all. server_name is in the clear.',
};

const serverHello: StepWords = {
  title: 'The server chooses',
  caption: 'It picks {suite} and adds its random number.',
  why: 'The server chooses among what the client offers, so that both know what follows. Its own random number makes the keys of this connection differ, even if the client repeats its number.',
  engineers:
    'ServerHello (RFC 5246, section 7.4.1.3) settles {version} and {suite}. It answers only extensions that the client offered; extended_master_secret (RFC 7627): {extendedMasterSecret}.',
};

const identity: StepWords = {
  title: 'The server sends its certificate',
  caption: "It contains the server's public key; a copy lets nobody act as the server.",
  why: 'A certificate is public: anyone may read and copy it. To act as the server one needs the private key that belongs to it, and the certificate does not contain that key.',
  engineers:
    "Certificate (RFC 5246, section 7.4.2) carries {chainLength} certificates, the server's first. The root is not sent: the client has it already.",
};

const clientFinished: StepWords = {
  title: 'The client confirms',
  caption: 'It switches to the data keys. Its Finished proves that it saw the same messages.',
  why: 'Messages in the clear can be changed on the way. Finished contains a hash of all of them, keyed with the master secret, so that a change in any of them shows.',
  engineers:
    'ChangeCipherSpec is a record of its own, in the clear. Finished follows encrypted: verify_data = PRF(master_secret, "client finished", Hash(handshake_messages))[0..11] (RFC 5246, section 7.4.9).',
};

const request: StepWords = {
  title: 'The client sends a request',
  caption: 'It encrypts {requestSize} bytes with the {client_write_key}.',
  why: 'From here on everything both sides send is encrypted. An observer still sees when, in which direction and about how much.',
  engineers:
    'An application_data record (RFC 5246, section 10) with {cipher}. Its parts: {recordParts}. The header and the record number are authenticated too.',
};

const reply: StepWords = {
  title: 'The server replies',
  caption: 'Not with its private key: it encrypts with the {server_write_key}.',
  why: 'Private keys are slow and serve to sign or to decrypt a secret. Data is encrypted with keys that both sides derived, which is why the client can read it.',
  engineers:
    'A record of {replySize} bytes under server_write_key. Each direction has keys and a record number of its own, so that no record can be turned back to its sender.',
};

const read: StepWords = {
  title: 'The client reads the reply',
  caption: 'It needs no key but its own copy of the data key, which it derived itself.',
  why: "The client derived the same data keys as the server, from the shared secret and both randoms. For that it does not need the server's private key.",
  engineers:
    "{cipher} (RFC 5246, section 6.2.3) with server_write_key; the record is authenticated, too. Whether the key is there says a search of the client's linear memory, not the client.",
};

const close: StepWords = {
  title: 'Both close and erase',
  caption: 'Each says that it has nothing more to send, and {secretsAtEnd}.',
  why: 'close_notify shows that nothing was cut off at the end. What is erased cannot be stolen later. The server keeps its private key, for the next connection.',
  engineers:
    "close_notify (RFC 5246, section 7.2.1) is an encrypted alert. The allocator overwrites what is freed. Over the whole run, the server's private key in the client's memory: {keyInClientEver}.",
};

const alert: StepWords = {
  title: 'The connection ends with an alert',
  caption: 'The {failedParty} noticed a fault and ended the connection: {alert}.',
  why: 'A fault may be an accident or an attack, and the receiver cannot tell which. Going on could cost secrecy, so TLS ends the connection at once and says why.',
  engineers:
    'A fatal alert (RFC 5246, section 7.2.2). What the checks found, and which of them were not reached, is in the step that made them.',
};

const rsa: WordsOf<'rsa'> = {
  certificate,
  'client-hello': clientHello,
  'server-hello': serverHello,
  identity: {
    ...identity,
    engineers: `${identity.engineers} RSA key exchange has no ServerKeyExchange.`,
  },
  verify: {
    title: 'The client checks the server',
    caption: 'It makes {checkCount} certificate checks; {checksPassed} pass.',
    why: "They tell the client whose public key it has. Whether the other side holds the matching private key it learns only at the end, from the server's Finished.",
    engineers:
      'Each check is asked by itself, and one call of the validation library (RFC 5280, section 6) must agree with all of them together. Under RSA key exchange keyUsage must allow keyEncipherment.',
  },
  secret: {
    title: 'The client makes a secret',
    caption: 'It generates the {secretSize}-byte {pre_master_secret}.',
    why: 'All keys of this connection are derived from it. If only client and server know it, only they can derive the keys.',
    engineers:
      'Two bytes of client_version and 46 random bytes (RFC 5246, section 7.4.7.1). The version lets the server notice that somebody changed the offer.',
  },
  'client-key': {
    title: 'The client sends its part',
    caption: "It sends the secret, encrypted with the server's public key: {encryptedSize} bytes.",
    why: "Anyone can encrypt with the public key; only the server's private key decrypts. So who records this and gets that key later can read everything: one reason why RSA key exchange is deprecated.",
    engineers:
      'ClientKeyExchange with EncryptedPreMasterSecret, RSAES-PKCS1-v1_5 (RFC 5246, section 7.4.7.1; RFC 8017, section 7.2). RFC 10015 deprecates this key exchange.',
  },
  decrypt: {
    title: 'The server decrypts the secret',
    caption: 'It uses its private key, {keyUses}.',
    why: "The client encrypted {secretSize} bytes with the server's public key. Only the matching private key turns them back. From here on both sides hold the same secret.",
    engineers:
      'A wrong padding or version takes a random secret instead, in constant time (RFC 5246, section 7.4.7.1), so that the server does not tell an attacker which ciphertexts are well formed.',
  },
  'data-keys': {
    title: 'Both derive data keys',
    caption: 'One per direction; each side holds both.',
    why: "From the shared secret and both randoms each side computes the same keys. The keys themselves are not sent, and the server's private key has no part in this.",
    engineers:
      'master_secret = {masterSecret}; key_block = PRF(master_secret, "key expansion", server_random + client_random) (RFC 5246, section 6.3).',
  },
  'client-finished': clientFinished,
  'server-finished': {
    title: 'The server confirms',
    caption: 'Finished proves that it saw the same messages. Only now has it proved that it holds the private key.',
    why: 'A wrong Finished would show that the server could not decrypt the secret. With RSA key exchange this is the first thing that only the holder of the private key can send.',
    engineers:
      'verify_data = PRF(master_secret, "server finished", Hash(handshake_messages))[0..11]; the hash includes the client\'s Finished (RFC 5246, section 7.4.9).',
  },
  request,
  reply,
  read,
  close,
  alert,
};

const ecdhe: WordsOf<'ecdhe'> = {
  certificate,
  'client-hello': clientHello,
  'server-hello': serverHello,
  identity,
  sign: {
    title: 'The server signs',
    caption: 'Its private key signs both randoms and its one-time public key. It decrypts nothing.',
    why: "Anyone can send a one-time public key. The signature shows that this one comes from the holder of the certificate's private key, and both randoms tie it to this connection.",
    engineers:
      'The server makes a key pair on {group} and signs client_random, server_random and ServerECDHParams with {scheme} (RFC 8422, section 5.4).',
  },
  proof: {
    title: 'The server sends the signature',
    caption: 'With its one-time public key. A signature contains no key.',
    why: 'The client needs the one-time public key to compute the shared secret, and the signature to know whose it is. Anyone can verify the signature; only the private key can make it.',
    engineers: 'ServerKeyExchange (RFC 8422, section 5.4). ServerHelloDone ends the flight (RFC 5246, section 7.4.5).',
  },
  verify: {
    title: 'The client checks the server',
    caption:
      "It makes {checkCount} certificate checks and verifies the signature with the server's public key; {checksPassed} of {checksMade} pass.",
    why: 'The certificate says whose public key this is. The signature shows that the other side holds the private key that belongs to it, in this very connection.',
    engineers:
      'Each check is asked by itself, and one call of the validation library (RFC 5280, section 6) must agree with all of them together. keyUsage must allow digitalSignature.',
  },
  'client-key': {
    title: 'The client sends its part',
    caption: 'It makes a one-time key pair and sends the public key, in the clear.',
    why: 'Anyone may read the two one-time public keys. To compute the shared secret one needs one of the two one-time private keys, and those are not sent.',
    engineers: 'ClientKeyExchange with ecdh_Yc, a point on {group} (RFC 8422, section 5.7). The key pair is ephemeral.',
  },
  agree: {
    title: 'Both compute one secret',
    caption: "Each combines its one-time private key with the other's public key; the result is never sent.",
    why: 'Both arrive at the same point of the curve, from different sides. From the two public keys alone no practical method finds it.',
    engineers:
      'The shared secret Z of ECDH on {group} is the pre_master_secret, leading zeros kept (RFC 8422, section 5.10; RFC 7748, section 6.1, for x25519).',
  },
  erase: {
    title: 'Both erase their one-time private keys',
    caption: 'What could rebuild the secret from a recording {ephemeralKeys}{exceptSeed}.',
    why: "Who steals the server's private key later finds that it decrypts nothing in this connection. That is called forward secrecy, and RSA key exchange does not have it.",
    engineers: 'Ephemeral keys are overwritten as soon as Z is computed. Reusing them would keep the way back open.',
  },
  'data-keys': {
    ...rsa['data-keys'],
    why: "From the shared secret each side computes the same keys. The keys themselves are not sent, and the server's private key has no part in this.",
  },
  'client-finished': clientFinished,
  'server-finished': {
    title: 'The server confirms',
    caption: 'Finished proves that it saw the same messages.',
    why: 'The signature covered only the one-time key and the randoms. Finished covers the whole handshake, so the client knows that its offer reached the server unchanged.',
    engineers: rsa['server-finished'].engineers,
  },
  request,
  reply,
  read,
  close,
  alert,
};

// The same as with ECDHE, in another kind of group.
const dhe: WordsOf<'dhe'> = {
  ...ecdhe,
  sign: {
    ...ecdhe.sign,
    engineers:
      'The server makes a key pair in {group} (RFC 7919) and signs client_random, server_random and ServerDHParams with {scheme} (RFC 5246, section 7.4.3).',
  },
  proof: {
    ...ecdhe.proof,
    engineers:
      'ServerKeyExchange (RFC 5246, section 7.4.3) gives the group as dh_p and dh_g, without a name. ServerHelloDone ends the flight (section 7.4.5).',
  },
  'client-key': {
    ...ecdhe['client-key'],
    engineers:
      'ClientKeyExchange with dh_Yc, a number between 1 and p - 1 (RFC 5246, section 7.4.7.2; RFC 7919, section 5.1). The key pair is ephemeral.',
  },
  agree: {
    ...ecdhe.agree,
    why: 'Both arrive at the same number, from different sides. From the two public keys alone no practical method finds it.',
    engineers:
      'Z = dh_Yc^x mod p = dh_Ys^y mod p, with each private key as exponent; without its leading zeros it is the pre_master_secret (RFC 5246, section 8.1.2).',
  },
};

export const steps: { readonly [H in Usual]: WordsOf<H> } = { rsa, dhe, ecdhe };
