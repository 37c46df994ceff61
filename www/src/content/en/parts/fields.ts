// What every field of a record, message, extension or certificate means. The key is the field's name in its RFC.

import type { FieldName } from '../../../../pkg/tls_glass';
import type { Explanation } from '../../words';
import { der } from './certificate-fields';

const shared = {
  length: {
    text: 'How many bytes follow in this vector. TLS writes a length before everything of variable size.',
    rfc: [5246, '4.3'],
  },
  unparsed: {
    text: 'Bytes that belong to something this page does not take apart further.',
    rfc: [5246, '4.3'],
  },
} as const satisfies Partial<Record<FieldName, Explanation>>;

const record = {
  content_type: {
    text: 'What the record carries: handshake messages, a ChangeCipherSpec, an alert or application data.',
    rfc: [5246, '6.2.1'],
  },
  record_version: {
    text: 'The protocol version of the record layer. The first record of a client may carry an older one, for old servers.',
    rfc: [5246, '6.2.1'],
  },
  record_length: {
    text: 'The number of bytes of this record after its five-byte header. At most 16,384 in the clear.',
    rfc: [5246, '6.2.1'],
  },
  fragment: {
    text: 'The content of the record. A message may be spread over several records, or share one.',
    rfc: [5246, '6.2.1'],
  },
  nonce_explicit: {
    text: 'The part of the nonce that travels with the record. The other part, which is fixed, comes from the key block.',
    rfc: [5288, '3'],
  },
  encrypted_content: {
    text: 'The content, encrypted with AES. As long as the content itself.',
    rfc: [5246, '6.2.3.3'],
  },
  authentication_tag: {
    text: 'Sixteen bytes computed from the key, the nonce, the header, the record number and the content. If one bit differs, the record does not open.',
    rfc: [5288, '3'],
  },
  IV: {
    text: 'The initialization vector: random, new for every record, and not secret.',
    rfc: [5246, '6.2.3.2'],
  },
  content: { text: 'What the record carries.', rfc: [5246, '6.2.3.2'] },
  MAC: {
    text: 'The message authentication code: shows that the record is as its sender made it.',
    rfc: [5246, '6.2.3.2'],
  },
  padding: { text: 'Fills the last block. Each byte says how many there are.', rfc: [5246, '6.2.3.2'] },
  padding_length: { text: 'How many bytes of padding stand before this one.', rfc: [5246, '6.2.3.2'] },
  change_cipher_spec_type: {
    text: 'Always 1. It says: what I send from here on is protected with the new keys.',
    rfc: [5246, '7.1'],
  },
  alert_level: {
    text: 'Whether the connection ends here (fatal) or may go on (warning).',
    rfc: [5246, '7.2'],
  },
  alert_description: {
    text: 'What the alert reports. close_notify is the ordinary end of a connection.',
    rfc: [5246, '7.2'],
  },
  application_data: {
    text: 'What the application sends, here an HTTP message. TLS does not look into it.',
    rfc: [5246, '10'],
  },
} as const satisfies Partial<Record<FieldName, Explanation>>;

const handshake = {
  handshake_bytes: {
    text: 'A handshake message, or a piece of one. Open the message as a layer of its own to take it apart.',
    rfc: [5246, '7.4'],
  },
  msg_type: { text: 'Which handshake message follows.', rfc: [5246, '7.4'] },
  handshake_length: {
    text: 'How many bytes the message has after these four. Three bytes, so that a long certificate chain fits.',
    rfc: [5246, '7.4'],
  },
  HelloRequest: { text: 'The server asks for a new handshake. It is empty.', rfc: [5246, '7.4.1.1'] },
  ClientHello: {
    text: 'The client offers its newest version, cipher suites and extensions, and adds a random number.',
    rfc: [5246, '7.4.1.2'],
  },
  ServerHello: {
    text: 'The server picks one of each from what the client offers, and adds its own random number.',
    rfc: [5246, '7.4.1.3'],
  },
  Certificate: {
    text: "The server's certificate first, then the certificates that lead from it towards a trusted authority.",
    rfc: [5246, '7.4.2'],
  },
  ServerKeyExchange: {
    text: "The server's one-time public key, with a signature made with the server's private key.",
    rfc: [8422, '5.4'],
  },
  CertificateRequest: {
    text: "The server asks for the client's certificate, and says which it would take.",
    rfc: [5246, '7.4.4'],
  },
  CertificateVerify: {
    text: 'The client signs the handshake so far: it holds the private key of its certificate.',
    rfc: [5246, '7.4.8'],
  },
  certificate_types: { text: 'The kinds of keys that the server would take.', rfc: [5246, '7.4.4'] },
  certificate_type: { text: 'One kind of key.', rfc: [5246, '7.4.4'] },
  certificate_authorities: {
    text: 'The names of the authorities whose word on clients counts here.',
    rfc: [5246, '7.4.4'],
  },
  DistinguishedName: { text: 'The name of one authority, with its length before it.', rfc: [5246, '7.4.4'] },
  distinguished_name_der: { text: 'The name itself, in DER.', rfc: [5246, '7.4.4'] },
  ServerHelloDone: { text: 'The server has said what it has to say for now. It is empty.', rfc: [5246, '7.4.5'] },
  ClientKeyExchange: {
    text: "The client's part of the key exchange: an encrypted secret (RSA) or a one-time public key (ECDHE).",
    rfc: [5246, '7.4.7'],
  },
  Finished: {
    text: 'The first protected message. It proves that its sender saw the same handshake and holds the same master_secret.',
    rfc: [5246, '7.4.9'],
  },
  client_version: { text: 'The newest version that the client offers in this field.', rfc: [5246, '7.4.1.2'] },
  server_version: { text: 'The version that this connection uses.', rfc: [5246, '7.4.1.3'] },
  random: {
    text: 'Thirty-two bytes, new in every connection and readable by anyone. They make the keys of each connection differ.',
    rfc: [5246, '7.4.1.2'],
  },
  session_id: {
    text: 'Names an earlier session to take up again. Empty here: this is a new one.',
    rfc: [5246, '7.4.1.2'],
  },
  session_id_bytes: { text: 'The name of the session itself.', rfc: [5246, '7.4.1.2'] },
  cipher_suites: {
    text: 'The combinations of key exchange, signature, cipher and hash that the client accepts, its favourite first.',
    rfc: [5246, '7.4.1.2'],
  },
  cipher_suite: {
    text: 'One combination: how the keys come about, who signs, which cipher and which hash.',
    rfc: [5246, '7.4.1.2'],
  },
  compression_methods: {
    text: 'How to compress before encrypting. Only null is safe: the length of compressed data tells about its content.',
    rfc: [5246, '7.4.1.2'],
  },
  compression_method: { text: 'One compression method. null means none.', rfc: [5246, '7.4.1.2'] },
  certificate_list: { text: 'The chain, each certificate signed with the key of the next.', rfc: [5246, '7.4.2'] },
  'ASN.1Cert': { text: 'One certificate of the chain, with its length before it.', rfc: [5246, '7.4.2'] },
  certificate_der: {
    text: 'The certificate in DER. Open it as a layer of its own to read every name, date and key in it.',
    rfc: [5280, '4.1'],
  },
  NewSessionTicket: {
    text: 'The server hands the session to the client for keeping. It crosses the wire before the change to encryption, so anybody sees the ticket.',
    rfc: [5077, '3.3'],
  },
  ticket_lifetime_hint: {
    text: 'For how many seconds the server means to take the ticket.',
    rfc: [5077, '3.3'],
  },
  ticket: { text: 'The session ticket, with its length before it.', rfc: [5077, '3.3'] },
  ticket_bytes: {
    text: "The session, master_secret included, encrypted with the server's ticket key. The client keeps it as it is: only the server can open it.",
    rfc: [5077, '4'],
  },
  verify_data: {
    text: 'Twelve bytes computed from master_secret and a hash of the whole handshake. Both sides compute and compare them.',
    rfc: [5246, '7.4.9'],
  },
} as const satisfies Partial<Record<FieldName, Explanation>>;

const extensions = {
  extensions: {
    text: 'Additions to the hello. A server answers only what the client offered.',
    rfc: [5246, '7.4.1.4'],
  },
  Extension: { text: 'One extension: its type, its length and its data.', rfc: [5246, '7.4.1.4'] },
  extension_type: { text: 'Which extension this is.', rfc: [5246, '7.4.1.4'] },
  extension_data: {
    text: 'What the extension says. Some say all by being there, and are empty.',
    rfc: [5246, '7.4.1.4'],
  },
  extension_bytes: {
    text: 'The data of an extension that this page does not take apart further.',
    rfc: [5246, '7.4.1.4'],
  },
  server_name_list: {
    text: 'The names of the server that the client wants to reach. One address may serve many names.',
    rfc: [6066, '3'],
  },
  ServerName: { text: 'One name, with its kind.', rfc: [6066, '3'] },
  name_type: { text: 'The kind of the name. Only host_name exists.', rfc: [6066, '3'] },
  host_name: { text: 'The host name, with its length before it.', rfc: [6066, '3'] },
  host_name_bytes: {
    text: 'The host name in ASCII. It crosses the wire in the clear: an observer learns which site it is.',
    rfc: [6066, '3'],
  },
  other_name: {
    text: 'A name of another kind, with its length before it. It is passed over: only host names are defined.',
    rfc: [6066, '3'],
  },
  other_name_bytes: { text: 'The bytes of a name of another kind.', rfc: [6066, '3'] },
  named_group_list: { text: 'The groups for key agreement that the client can compute in.', rfc: [8422, '5.1.1'] },
  named_group: { text: 'One group: an elliptic curve with its parameters.', rfc: [8422, '5.1.1'] },
  ec_point_format_list: { text: 'How points of a curve may be written.', rfc: [8422, '5.1.2'] },
  ec_point_format: { text: 'One way to write a point. Only uncompressed is in use.', rfc: [8422, '5.1.2'] },
  supported_signature_algorithms: {
    text: 'The signatures that the client can verify, its favourite first.',
    rfc: [5246, '7.4.1.4.1'],
  },
  signature_scheme: { text: 'One signature algorithm together with its hash.', rfc: [5246, '7.4.1.4.1'] },
  protocol_name_list: {
    text: 'The application protocols that may run inside this connection (ALPN), the favourite first.',
    rfc: [7301, '3.1'],
  },
  protocol_name: { text: 'One application protocol, with its length before it.', rfc: [7301, '3.1'] },
  protocol_name_bytes: { text: 'The name of the protocol in ASCII, such as http/1.1.', rfc: [7301, '6'] },
  renegotiated_connection: {
    text: 'Ties a renewed handshake to the one before it. Empty in a first handshake, as this one is.',
    rfc: [5746, '3.2'],
  },
  renegotiated_connection_bytes: {
    text: 'The verify_data of the handshake before. A first handshake has none.',
    rfc: [5746, '3.2'],
  },
} as const satisfies Partial<Record<FieldName, Explanation>>;

const keyExchange = {
  EncryptedPreMasterSecret: {
    text: "The secret that the client makes, encrypted with the server's public key, with its length before it.",
    rfc: [5246, '7.4.7.1'],
  },
  encrypted_pre_master_secret_bytes: {
    text: "The encrypted secret. As long as the server's RSA modulus. Only the server's private key decrypts it.",
    rfc: [5246, '7.4.7.1'],
  },
  ServerECDHParams: { text: "The curve and the server's one-time public key.", rfc: [8422, '5.4'] },
  curve_type: { text: 'How the curve is given. Only named_curve is in use.', rfc: [8422, '5.4'] },
  named_curve: { text: 'The curve that the server chose from those the client offers.', rfc: [8422, '5.4'] },
  public: { text: 'A one-time public key, with its length before it.', rfc: [8422, '5.4'] },
  point: { text: 'The one-time public key itself: a point of the curve.', rfc: [8422, '5.4.1'] },
  signature: {
    text: "The server's signature over both randoms and its one-time public key.",
    rfc: [5246, '4.7'],
  },
  signature_algorithm: { text: 'With which algorithm and hash it was made.', rfc: [5246, '7.4.1.4.1'] },
  signature_vector: { text: 'The signature, with its length before it.', rfc: [5246, '4.7'] },
  signature_bytes: {
    text: 'The signature itself. Anybody can verify it with the public key; only the private key can make it.',
    rfc: [5246, '4.7'],
  },
  ecdh_Yc: { text: "The client's one-time public key, with its length before it.", rfc: [8422, '5.7'] },
  ServerDHParams: {
    text: "The group, by its prime and its generator, and the server's one-time public key.",
    rfc: [5246, '7.4.3'],
  },
  dh_p: { text: 'The prime of the group, with its length before it.', rfc: [5246, '7.4.3'] },
  dh_p_bytes: {
    text: 'The prime itself. The message does not name the group: the client compares the prime with those it knows.',
    rfc: [7919, 'A'],
  },
  dh_g: { text: 'The generator of the group, with its length before it.', rfc: [5246, '7.4.3'] },
  dh_g_bytes: { text: 'The generator itself. In the groups of RFC 7919 it is 2.', rfc: [7919, 'A'] },
  dh_Ys: { text: "The server's one-time public key, with its length before it.", rfc: [5246, '7.4.3'] },
  dh_Ys_bytes: {
    text: 'The one-time public key itself: the generator to the power of the one-time private key, modulo the prime.',
    rfc: [5246, '7.4.3'],
  },
  dh_Yc: { text: "The client's one-time public key, with its length before it.", rfc: [5246, '7.4.7.2'] },
  dh_Yc_bytes: {
    text: 'The one-time public key itself: the generator to the power of the one-time private key, modulo the prime.',
    rfc: [5246, '7.4.7.2'],
  },
} as const satisfies Partial<Record<FieldName, Explanation>>;

/** Every field name, explained. A missing or an orphan entry does not pass the type checker. */
export const fields: Record<FieldName, Explanation> = {
  ...shared,
  ...record,
  ...handshake,
  ...extensions,
  ...keyExchange,
  ...der,
};
