// What one unit of work does, as a box on a lane says it, and the note beneath.

import type { Action } from '../../../pkg/tls_glass';

export interface ActionWords {
  /** The box's title: a verb and its object. */
  readonly title: string;
  /** A line beneath it. */
  readonly note?: string;
  /** What it says where the client does it, which the server does as well. */
  readonly client?: Omit<ActionWords, 'client'>;
}

export const actions: Record<Action, ActionWords> = {
  establish_authority: { title: 'Make root and intermediate certificates' },
  generate_key_pair: {
    title: "Make the server's key pair",
    note: 'the private key stays with the server',
    client: { title: "Make the client's own key pair", note: 'the private key stays with the client' },
  },
  request_certificate: {
    title: 'Request a certificate',
    note: 'it carries the public key, signed with the private one',
  },
  issue_certificate: { title: 'Sign the certificate', note: "with the authority's intermediate private key" },
  install_certificate: { title: 'Take the certificate chain' },
  generate_ticket_key: { title: 'Make the ticket key', note: 'it stays with the server' },
  install_trust_anchor: { title: "Trust the authority's root certificate" },

  send_client_hello: { title: 'Build ClientHello' },
  receive_client_hello: { title: 'Choose version and suite' },
  open_session_ticket: { title: 'Decrypt the session ticket', note: "with the server's ticket key" },
  send_server_hello: { title: 'Build ServerHello' },
  receive_server_hello: { title: 'Compare ServerHello with the offer' },
  send_certificate: { title: 'Send the certificate chain' },
  receive_certificate: { title: 'Read the certificate chain', note: 'nothing is believed yet' },
  send_certificate_request: { title: "Ask for the client's certificate" },
  receive_certificate_request: { title: 'Read the request for a certificate' },
  sign_certificate_verify: { title: 'Sign the handshake', note: "with the client's own private key" },
  send_certificate_verify: { title: 'Build CertificateVerify' },
  receive_certificate_verify: { title: 'Read CertificateVerify' },
  check_certificate_verify: { title: "Verify the client's signature", note: "with the client's public key" },
  generate_ephemeral_key: { title: 'Make a one-time key pair' },
  sign_server_key_exchange: { title: 'Sign', note: "with the server's private key" },
  send_server_key_exchange: { title: 'Build ServerKeyExchange' },
  receive_server_key_exchange: { title: 'Read ServerKeyExchange', note: 'its signature is not checked yet' },
  send_server_hello_done: { title: 'Build ServerHelloDone' },
  receive_server_hello_done: { title: 'Read ServerHelloDone' },
  check_certificate: { title: 'Check the certificate' },
  verify_server_key_exchange: { title: 'Verify the signature', note: "with the server's public key" },
  generate_pre_master_secret: { title: 'Make pre_master_secret' },
  send_client_key_exchange: { title: 'Build ClientKeyExchange' },
  receive_client_key_exchange: { title: 'Read ClientKeyExchange' },
  decrypt_pre_master_secret: { title: 'Decrypt pre_master_secret', note: "with the server's private key" },
  compute_shared_secret: { title: 'Compute pre_master_secret', note: "own one-time private, other's public key" },
  erase_ephemeral_key: { title: 'Erase the one-time private key' },
  derive_master_secret: { title: 'Derive master_secret' },
  derive_data_keys: { title: 'Derive data keys' },
  seal_session_ticket: { title: 'Encrypt the session', note: "with the server's ticket key" },
  send_new_session_ticket: { title: 'Build NewSessionTicket' },
  receive_new_session_ticket: { title: 'Keep the session ticket', note: 'the client cannot open it' },
  send_change_cipher_spec: { title: 'Switch to the new keys for sending' },
  receive_change_cipher_spec: { title: 'Switch to the new keys for receiving' },
  send_finished: { title: 'Compute Finished' },
  receive_finished: { title: 'Check Finished' },
  open_record: { title: 'Open the record', note: "with the other side's data key" },
  send_application_data: { title: 'Encrypt' },
  receive_application_data: { title: 'Decrypt the reply', note: 'with the server-to-client data key' },
  send_alert: { title: 'Send an alert' },
  receive_alert: { title: 'Read an alert' },
  receive_fragment: { title: 'Wait for the rest of a message' },
  receive_hello_request: { title: 'Pass over HelloRequest' },
  erase_keys: { title: 'Erase all secrets of the connection' },

  start_listening: { title: 'Listen on the wire' },
  keep_record: { title: 'Keep the record', note: 'and what its bytes say to anyone' },
  take_leaked_key: { title: 'Take a key that leaked', note: 'given by the page, not heard on the wire' },
  plant_bytes: { title: "Plant the server's private key", note: 'posted by the page, not sent by a party' },
};
