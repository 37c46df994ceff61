// What every value is for, in a sentence or two.

import type { ValueName } from '../../../../pkg/tls_glass';

export const valueUses: Record<ValueName, string> = {
  server_private_key:
    'Signs for the server, or with RSA key exchange decrypts the shared secret. The server does not send it.',
  client_private_key: 'Signs for the client. The client does not send it.',
  client_public_key: "Verifies what the client's private key signed. Stands in the client's certificate.",
  client_certificate: "Says whose the client's public key is, on the word of an authority.",
  client_signature: 'Proves that the client holds its own private key. Anybody can verify it.',
  root_private_key: "Signs the authority's own certificates.",
  intermediate_private_key: 'Signs the certificates of servers and clients.',
  session_ticket_key: 'Encrypts the sessions that clients keep as tickets. The server makes it and does not send it.',
  server_ephemeral_private_key:
    "Computes the shared secret, together with the client's one-time public key. Made for one connection, erased right after.",
  client_ephemeral_private_key:
    "Computes the shared secret, together with the server's one-time public key. Made for one connection, erased right after.",
  pre_master_secret: 'The first secret that both sides come to share. The master secret is derived from it.',
  random_alternative:
    'Taken for the shared secret if what arrives is malformed, so that an attacker learns nothing. Its bytes are not told.',
  master_secret: 'The data keys and the Finished messages are derived from it.',
  client_write_key: 'Encrypts what the client sends, and decrypts it at the server. Both sides hold it.',
  server_write_key: 'Encrypts what the server sends, and decrypts it at the client. Both sides hold it.',
  client_write_mac_key: 'Shows the server that what it receives is as the client sent it, in cipher suites with CBC.',
  server_write_mac_key: 'Shows the client that what it receives is as the server sent it, in cipher suites with CBC.',
  client_write_iv: 'The fixed part of the numbers used once, for what the client sends.',
  server_write_iv: 'The fixed part of the numbers used once, for what the server sends.',
  authority_seed: 'In a seeded run, all random bytes of the authority come from it.',
  client_seed: 'In a seeded run, all random bytes of the client come from it.',
  server_seed: 'In a seeded run, all random bytes of the server come from it.',
  request: 'What the client asks for: an HTTP message, before its encryption and after its decryption.',
  reply: 'What the server answers: an HTTP message, before its encryption and after its decryption.',
  server_public_key:
    "Verifies what the server's private key signed, or encrypts what only that key decrypts. Anyone may have it.",
  server_ephemeral_public_key:
    'With it the client computes the shared secret. Made for one connection and sent in the clear.',
  client_ephemeral_public_key:
    'With it the server computes the shared secret. Made for one connection and sent in the clear.',
  root_certificate: 'Where trust begins: whoever trusts it had it before, and not over this connection.',
  intermediate_certificate: "Links the server's or the client's certificate to the root.",
  server_certificate: "Binds the server's name to the server's public key, by the authority's signature.",
  client_random: 'Makes the keys of this connection differ from all others. Sent in ClientHello, readable by anyone.',
  server_random: 'Makes the keys of this connection differ from all others. Sent in ServerHello, readable by anyone.',
  encrypted_pre_master_secret:
    "Brings the shared secret to the server: encrypted with the server's public key, so that only its private key decrypts it.",
  session_id: 'The name of a session, sent in the clear. It is of use only to whoever holds the master secret.',
  session_ticket: "A session, encrypted with the server's ticket key. The client keeps it and cannot open it.",
  tbs_certificate: 'The part of the certificate that the authority signs: names, dates, public key.',
  certificate_signature: "Made with the authority's private key. It binds the name to the public key.",
  certification_request_info:
    'The part of the request that is signed: a public key, and the name that it is to be for.',
  request_signature: 'It shows the authority that whoever asks holds the private key to this public key.',
  signed_params: "Both random numbers and the server's one-time public key.",
  signature: "Proves that the server holds its private key. Anybody can verify it with the server's public key.",
  handshake_messages: 'All handshake messages so far, one after the other. Both sides have the same.',
  session_hash: 'The hash of the handshake up to ClientKeyExchange. It ties the master secret to this handshake.',
  handshake_hash: 'The hash of all handshake messages so far.',
  label: 'A fixed text that keeps results for different uses apart.',
  client_verify_data: 'Shows the server that the client saw the same messages. Sent in Finished.',
  server_verify_data: 'Shows the client that the server saw the same messages. Sent in Finished.',
  iv: 'Random, new for every record, sent in the clear.',
  mac: 'Shows that a record is as its sender made it.',
  nonce: 'Differs for every record under one key.',
  additional_data: "The record's number, type, version and length: authenticated, not encrypted.",
  plaintext: 'The content of a record before encryption.',
  ciphertext: 'The content of a record, encrypted, with what shows that it is unchanged.',
};
