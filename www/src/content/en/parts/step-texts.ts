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
    'The server sends the authority its public key and its name. The authority signs both; the private key stays with the server.',
  why: "The client has never met this server, but it trusts the authority. The authority's signature says whose public key this is. To sign that, the authority does not need the server's private key.",
  engineers:
    'The server sends a certification request (PKCS #10, RFC 2986) with its subjectPublicKeyInfo, signed with its own key. The intermediate authority issues an X.509 version 3 certificate with subjectAltName, keyUsage and extKeyUsage (RFC 5280).',
};

const clientHello: StepWords = {
  title: 'The client makes an offer',
  caption:
    'The client sends its TLS version, {suitesOffered} cipher suites, each a set of methods, and a random number, readable by anyone.',
  why: 'Both sides must use the same methods, and the client speaks first. Its random number is new in each connection, so that old messages do not fit into a new connection.',
  engineers:
    'ClientHello (RFC 5246, section 7.4.1.2): client_version, random, session_id, cipher_suites, compression_methods and {extensionsOffered} extensions, {clientHelloSize} bytes in all. server_name is in the clear.',
};

const serverHello: StepWords = {
  title: 'The server chooses',
  caption: 'The server picks one cipher suite from the offer, {suite}, and adds a random number of its own.',
  why: "The suite settles how both come to share a secret, how the server proves who it is, and how data is encrypted. The server's random number makes the keys differ even if the client repeats its own.",
  engineers:
    'ServerHello (RFC 5246, section 7.4.1.3) settles {version} and {suite}. It answers only extensions that the client offered; extended_master_secret (RFC 7627): {extendedMasterSecret}.',
};

const identity: StepWords = {
  title: 'The server sends its certificate',
  caption:
    "The certificate contains the server's public key. Anyone may copy it, and a copy lets nobody act as the server.",
  why: "To act as the server one needs the server's private key, and the certificate does not contain it. So a certificate can be public: it is worth something only with that key.",
  engineers:
    "Certificate (RFC 5246, section 7.4.2) carries {chainLength} certificates, the server's first. The root is not sent: the client has it already.",
};

const clientFinished: StepWords = {
  title: 'The client confirms',
  caption:
    'The client encrypts from here on. Its first encrypted message, Finished, proves that it saw the same messages as the server.',
  why: "Until here messages could be changed on the way. Finished contains a value computed from all of them and from the master secret: had somebody changed one, the server's value would be another.",
  engineers:
    'ChangeCipherSpec is a record of its own, in the clear. Finished follows encrypted: verify_data = PRF(master_secret, "client finished", Hash(handshake_messages))[0..11] (RFC 5246, section 7.4.9).',
};

const request: StepWords = {
  title: 'The client sends a request',
  caption: 'The client encrypts its request, {requestSize} bytes, with the {client_write_key}.',
  why: 'An observer still sees when something is sent, in which direction and about how much. The server decrypts the request with its own copy of the key and makes its reply, which is still only in its memory.',
  engineers:
    'An application_data record (RFC 5246, section 10) with {cipher}. Its parts: {recordParts}. The header and the record number are authenticated too.',
};

const reply: StepWords = {
  title: 'The server replies',
  caption: 'The server encrypts its reply{replyCut} with the {server_write_key}, not with its private key.',
  why: 'Private keys are slow and serve to sign or to decrypt a secret. Data is encrypted with keys that both sides derived, which is why the client can read it.',
  engineers:
    '{replyRecords} under server_write_key: the content of a record has at most 2^14 bytes (RFC 5246, section 6.2.1). Each direction has keys and a record number of its own, so that no record can be turned back to its sender.',
};

const read: StepWords = {
  title: 'The client reads the reply',
  caption: 'It needs no key but its own copy of the data key, which it derived itself.',
  why: "The client derived the same data keys as the server, from the shared secret and both random numbers. For that it does not need the server's private key.",
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
    caption:
      'The client checks whether an authority that it trusts signed this certificate, for this name, still valid: {checksPassed} of {checksMade} checks pass.',
    why: "So the client knows whose public key it has. Whether the other side also holds the private key that belongs to it, the client learns only at the end, from the server's Finished.",
    engineers:
      'Each check is asked by itself, and one call of the validation library (RFC 5280, section 6) must agree with all of them together. Under RSA key exchange keyUsage must allow keyEncipherment.',
  },
  secret: {
    title: 'The client makes a secret',
    caption:
      'The client draws the {pre_master_secret}: {secretSize} bytes, nearly all of them random. So far only the client holds it.',
    why: 'All keys of this connection follow from it. The client made it itself: it need not open anything to know it, and so it needs no private key of the server.',
    engineers:
      'Two bytes of client_version and 46 random bytes (RFC 5246, section 7.4.7.1). The version lets the server notice that somebody changed the offer.',
  },
  'client-key': {
    title: 'The client sends its part',
    caption: "The client sends the {pre_master_secret}, encrypted with the server's public key: {encryptedSize} bytes.",
    why: "Anyone can encrypt with the public key; only the server's private key decrypts. So who records this and gets that key later can read everything: one reason why RSA key exchange is deprecated.",
    engineers:
      'ClientKeyExchange with EncryptedPreMasterSecret, RSAES-PKCS1-v1_5 (RFC 5246, section 7.4.7.1; RFC 8017, section 7.2). RFC 10015 deprecates this key exchange.',
  },
  decrypt: {
    title: 'The server decrypts the secret',
    caption: 'With its private key, {keyUses}, the server gets back the {pre_master_secret}.',
    why: "The client encrypted {secretSize} bytes with the server's public key. Only the server's private key decrypts them. From here on both sides hold the same secret.",
    engineers:
      'A wrong padding or version takes a random secret instead, in constant time (RFC 5246, section 7.4.7.1), so that the server does not tell an attacker which ciphertexts are well formed.',
  },
  'data-keys': {
    title: 'Both derive data keys',
    caption: 'From the {pre_master_secret}, {dataKeys}; none is sent.',
    why: 'The reply will be encrypted with one; the client derives it itself. Deriving takes no private key.',
    engineers:
      'master_secret = {masterSecret}; key_block = PRF(master_secret, "key expansion", server_random + client_random) (RFC 5246, section 6.3).',
  },
  'client-finished': clientFinished,
  'server-finished': {
    title: 'The server confirms',
    caption:
      "The server's Finished proves the same of the server. Only now has it proved, too, that it holds its private key.",
    why: "Finished follows from the master secret, and so from the shared secret that the server had to decrypt. It is the first message that only the holder of the server's private key can send.",
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
    caption:
      'The server makes a one-time key pair. With its private key it signs the one-time public key and both random numbers.',
    why: "Anyone can send a one-time public key. The signature shows that this one comes from the holder of the server's private key, and the random numbers tie it to this connection. The private key decrypts nothing.",
    engineers:
      'The server makes a key pair on {group} and signs client_random, server_random and ServerECDHParams with {scheme} (RFC 8422, section 5.4).',
  },
  proof: {
    title: 'The server sends the signature',
    caption:
      'The server sends its one-time public key and the signature. Anyone can verify it; nobody learns the private key from it.',
    why: "The client needs the one-time public key to compute the shared secret, and the signature to know that this key is the server's: only the server's private key can make it.",
    engineers: 'ServerKeyExchange (RFC 8422, section 5.4). ServerHelloDone ends the flight (RFC 5246, section 7.4.5).',
  },
  verify: {
    title: 'The client checks the server',
    caption:
      "The client checks the certificate, and with the server's public key the signature: {checksPassed} of {checksMade} checks pass.",
    why: 'The certificate says whose public key this is: a trusted authority signed it. The signature shows that the other side holds the private key that belongs to it, in this very connection.',
    engineers:
      'Each check is asked by itself, and one call of the validation library (RFC 5280, section 6) must agree with all of them together. keyUsage must allow digitalSignature.',
  },
  'client-key': {
    title: 'The client sends its part',
    caption: 'The client makes a one-time key pair, too, and sends the one-time public key, readable by anyone.',
    why: 'Anyone may read the two one-time public keys. To compute the shared secret one needs one of the two one-time private keys, and those are not sent.',
    engineers: 'ClientKeyExchange with ecdh_Yc, a point on {group} (RFC 8422, section 5.7). The key pair is ephemeral.',
  },
  agree: {
    title: 'Both compute one secret',
    caption:
      "Each side combines its own one-time private key with the other's one-time public key, and gets the {pre_master_secret}.",
    why: "The secret is not sent. From the two one-time public keys alone no practical method finds it. The server's private key has no part in it.",
    engineers:
      'The shared secret Z of ECDH on {group} is the pre_master_secret, leading zeros kept (RFC 8422, section 5.10; RFC 7748, section 6.1, for x25519).',
  },
  erase: {
    title: 'Both erase their one-time private keys',
    caption: 'What could compute the {pre_master_secret} from a recording {ephemeralKeys}{exceptSeed}.',
    why: "Whoever steals the server's private key later finds that it decrypts nothing in this connection. That is called forward secrecy, and RSA key exchange does not have it.",
    engineers: 'Ephemeral keys are overwritten as soon as Z is computed. Reusing them would keep the way back open.',
  },
  'data-keys': rsa['data-keys'],
  'client-finished': clientFinished,
  'server-finished': {
    title: 'The server confirms',
    caption: "The server's Finished proves that it saw the same messages as the client, from the offer on.",
    why: "The server's signature covered only its one-time public key and the random numbers. Finished covers the whole handshake, so the client knows that its offer arrived unchanged.",
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
    engineers:
      'Z = dh_Yc^x mod p = dh_Ys^y mod p, with each private key as exponent; without its leading zeros it is the pre_master_secret (RFC 5246, section 8.1.2).',
  },
};

export const steps: { readonly [H in Usual]: WordsOf<H> } = { rsa, dhe, ecdhe };
