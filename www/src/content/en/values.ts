// Every value that has a name: how the page calls it, and what it is for.

import type { ValueName } from '../../../pkg/tls_glass';
import type { ValueWords } from '../words';

export const values: Record<ValueName, ValueWords> = {
  server_private_key: {
    label: "server's private key",
    short: 'private key',
    text: "Belongs to the server's certificate. The server makes it and does not send it.",
  },
  client_private_key: {
    label: "client's private key",
    short: 'own private key',
    text: "Belongs to the client's own certificate. The client makes it and does not send it.",
  },
  client_public_key: {
    label: "client's public key",
    short: "client's public key",
    text: "Stands in the client's certificate.",
  },
  client_certificate: {
    label: "client's certificate",
    short: "client's certificate",
    text: "Says whose the client's public key is, on the word of an authority.",
  },
  client_signature: {
    label: "client's signature",
    short: "client's signature",
    text: 'Over all handshake messages so far. Anybody can verify it.',
  },
  root_private_key: {
    label: "authority's root private key",
    short: 'root private key',
    text: "Signs the authority's own certificates.",
  },
  intermediate_private_key: {
    label: "authority's intermediate private key",
    short: 'intermediate private key',
    text: 'Signs the certificates of servers and clients.',
  },
  session_ticket_key: {
    label: "server's ticket key",
    short: 'ticket key',
    text: 'Encrypts the sessions that clients keep as tickets. The server makes it and does not send it.',
  },
  server_ephemeral_private_key: {
    label: "server's one-time private key",
    short: 'one-time private key',
    text: 'Made for one connection. Erased once the shared secret is computed.',
  },
  client_ephemeral_private_key: {
    label: "client's one-time private key",
    short: 'one-time private key',
    text: 'Made for one connection. Erased once the shared secret is computed.',
  },
  pre_master_secret: {
    label: 'pre_master_secret',
    short: 'pre_master_secret',
    text: 'The first secret that both sides come to share. Everything else is derived from it.',
  },
  random_alternative: {
    label: 'random alternative',
    short: 'random alternative',
    text: 'Drawn before the server decrypts, to be taken if the ciphertext is malformed. Its bytes are not told: they would show which of the two was taken.',
  },
  master_secret: {
    label: 'master_secret',
    short: 'master_secret',
    text: 'Forty-eight bytes, derived from pre_master_secret. The data keys and Finished are derived from it.',
  },
  client_write_key: {
    label: 'client-to-server data key',
    short: 'data key to server',
    text: 'Encrypts what the client sends. Both sides hold it.',
  },
  server_write_key: {
    label: 'server-to-client data key',
    short: 'data key to client',
    text: 'Encrypts what the server sends. Both sides hold it.',
  },
  client_write_mac_key: {
    label: 'client-to-server MAC key',
    short: 'MAC key to server',
    text: 'Authenticates what the client sends, in cipher suites with CBC.',
  },
  server_write_mac_key: {
    label: 'server-to-client MAC key',
    short: 'MAC key to client',
    text: 'Authenticates what the server sends, in cipher suites with CBC.',
  },
  client_write_iv: {
    label: 'client-to-server fixed IV',
    short: 'fixed IV to server',
    text: 'The fixed part of the nonces for what the client sends.',
  },
  server_write_iv: {
    label: 'server-to-client fixed IV',
    short: 'fixed IV to client',
    text: 'The fixed part of the nonces for what the server sends.',
  },
  authority_seed: {
    label: "authority's seed",
    short: "authority's seed",
    text: 'In a seeded run, all random bytes of the authority come from it.',
  },
  client_seed: {
    label: "client's seed",
    short: "client's seed",
    text: 'In a seeded run, all random bytes of the client come from it.',
  },
  server_seed: {
    label: "server's seed",
    short: "server's seed",
    text: 'In a seeded run, all random bytes of the server come from it.',
  },
  request: {
    label: 'request in the clear',
    short: 'request',
    text: 'What the client asks for: an HTTP message, before its encryption and after its decryption.',
  },
  reply: {
    label: 'reply in the clear',
    short: 'reply',
    text: 'What the server answers: an HTTP message, before its encryption and after its decryption.',
  },
  server_public_key: {
    label: "server's public key",
    short: "server's public key",
    text: "Stands in the server's certificate, for anyone to read.",
  },
  server_ephemeral_public_key: {
    label: "server's one-time public key",
    short: "server's one-time public key",
    text: 'Made for one connection and sent in the clear.',
  },
  client_ephemeral_public_key: {
    label: "client's one-time public key",
    short: "client's one-time public key",
    text: 'Made for one connection and sent in the clear.',
  },
  root_certificate: {
    label: "authority's root certificate",
    short: 'root certificate',
    text: 'A trust anchor: whoever trusts it had it before, and not over this connection.',
  },
  intermediate_certificate: {
    label: "authority's intermediate certificate",
    short: 'intermediate cert.',
    text: "Links the server's or the client's certificate to the root.",
  },
  server_certificate: {
    label: "server's certificate",
    short: "server's certificate",
    text: "Binds the server's name to the server's public key, by the authority's signature.",
  },
  client_random: {
    label: "client's random number",
    short: "client's random",
    text: 'Sent in ClientHello, readable by anyone.',
  },
  server_random: {
    label: "server's random number",
    short: "server's random",
    text: 'Sent in ServerHello, readable by anyone.',
  },
  encrypted_pre_master_secret: {
    label: 'EncryptedPreMasterSecret',
    short: 'encrypted secret',
    text: "pre_master_secret, encrypted with the server's public key.",
  },
  session_id: {
    label: 'session ID',
    short: 'session ID',
    text: 'The name of a session, sent in the clear. It is of use only to whoever holds the master_secret.',
  },
  session_ticket: {
    label: 'session ticket',
    short: 'session ticket',
    text: "A session, encrypted with the server's ticket key. The client keeps it and cannot open it.",
  },
  tbs_certificate: {
    label: 'tbsCertificate',
    short: 'tbsCertificate',
    text: 'The part of the certificate that the authority signs: names, dates, public key.',
  },
  certificate_signature: {
    label: "authority's signature",
    short: 'signature',
    text: "Made with the authority's private key. It binds the name to the public key.",
  },
  certification_request_info: {
    label: 'certificationRequestInfo',
    short: 'request',
    text: 'The part of the request that is signed: a public key, and the name that it is to be for.',
  },
  request_signature: {
    label: 'signature on the request',
    short: 'signature',
    text: 'It shows the authority that whoever asks holds the private key to this public key.',
  },
  signed_params: {
    label: 'signed parameters',
    short: 'signed parameters',
    text: "Both randoms and the server's one-time public key: what the server signs.",
  },
  signature: {
    label: "server's signature",
    short: 'signature',
    text: "Made with the server's private key, verified with its public key.",
  },
  handshake_messages: {
    label: 'handshake_messages',
    short: 'messages',
    text: 'All handshake messages so far, one after the other. Both sides have the same.',
  },
  session_hash: {
    label: 'session_hash',
    short: 'session_hash',
    text: 'The hash of the handshake up to ClientKeyExchange. It ties master_secret to this handshake.',
  },
  handshake_hash: {
    label: 'hash of the handshake',
    short: 'handshake hash',
    text: 'The hash of all handshake messages so far.',
  },
  label: { label: 'label', short: 'label', text: 'A fixed text that keeps results for different uses apart.' },
  client_verify_data: {
    label: "client's verify_data",
    short: "client's verify_data",
    text: 'What the client sends in Finished.',
  },
  server_verify_data: {
    label: "server's verify_data",
    short: "server's verify_data",
    text: 'What the server sends in Finished.',
  },
  iv: { label: 'IV', short: 'IV', text: 'Random, new for every record, sent in the clear.' },
  mac: { label: 'MAC', short: 'MAC', text: 'Shows that a record is as its sender made it.' },
  nonce: { label: 'nonce', short: 'nonce', text: 'Differs for every record under one key.' },
  additional_data: {
    label: 'additional data',
    short: 'additional data',
    text: "The record's number, type, version and length: authenticated, not encrypted.",
  },
  plaintext: { label: 'plaintext', short: 'plaintext', text: 'The content of a record before encryption.' },
  ciphertext: { label: 'ciphertext', short: 'ciphertext', text: 'The content of a record, encrypted, with its tag.' },
};
