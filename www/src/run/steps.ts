/** Which step a unit of work belongs to: the table of PAGE.md, checked for every action by the type checker. */

import type { Action, Handshake, Party, StepId } from './model';
import { isEndpoint } from './model';

/** DHE goes as ECDHE does; the group is another. */
const EPHEMERAL = [
  'certificate',
  'client-hello',
  'server-hello',
  'identity',
  'sign',
  'proof',
  'verify',
  'client-key',
  'agree',
  'erase',
  'data-keys',
  'client-finished',
  'server-finished',
  'request',
  'reply',
  'read',
] as const satisfies readonly StepId[];

/** The counted steps of each handshake, in their order. */
export const STEPS = {
  rsa: [
    'certificate',
    'client-hello',
    'server-hello',
    'identity',
    'verify',
    'secret',
    'client-key',
    'decrypt',
    'data-keys',
    'client-finished',
    'server-finished',
    'request',
    'reply',
    'read',
  ],
  dhe: EPHEMERAL,
  ecdhe: EPHEMERAL,
} as const satisfies Record<Handshake, readonly StepId[]>;

/** A step; or the step by who acts; or by the handshake; or, for units that may come anywhere, the one under way. */
type Place = StepId | 'current' | Readonly<Record<'client' | 'server', StepId>> | Readonly<Record<Handshake, StepId>>;

const PLACES: Readonly<Record<Action, Place>> = {
  establish_authority: 'certificate',
  generate_key_pair: 'certificate',
  request_certificate: 'certificate',
  issue_certificate: 'certificate',
  install_certificate: 'certificate',
  install_trust_anchor: 'certificate',
  generate_ticket_key: 'certificate',

  send_client_hello: 'client-hello',
  receive_client_hello: 'client-hello',
  open_session_ticket: 'server-hello',
  send_server_hello: 'server-hello',
  receive_server_hello: 'server-hello',
  // A client that is asked for a certificate sends it before its part of the key exchange.
  send_certificate: { server: 'identity', client: 'client-key' },
  receive_certificate: { client: 'identity', server: 'client-key' },
  // The server makes its one-time key to sign it; the client makes its own to send it.
  generate_one_time_key: { server: 'sign', client: 'client-key' },
  sign_server_key_exchange: 'sign',
  send_server_key_exchange: 'proof',
  receive_server_key_exchange: 'proof',
  // ServerHelloDone closes the server's flight, whichever message comes before it.
  send_server_hello_done: { rsa: 'identity', dhe: 'proof', ecdhe: 'proof' },
  receive_server_hello_done: { rsa: 'identity', dhe: 'proof', ecdhe: 'proof' },
  check_certificate: { client: 'verify', server: 'client-key' },
  send_certificate_request: { rsa: 'identity', dhe: 'proof', ecdhe: 'proof' },
  receive_certificate_request: { rsa: 'identity', dhe: 'proof', ecdhe: 'proof' },
  sign_certificate_verify: 'client-finished',
  send_certificate_verify: 'client-finished',
  receive_certificate_verify: 'client-finished',
  check_certificate_verify: 'client-finished',
  verify_server_key_exchange: 'verify',
  generate_pre_master_secret: 'secret',
  send_client_key_exchange: 'client-key',
  receive_client_key_exchange: 'client-key',
  decrypt_pre_master_secret: 'decrypt',
  compute_shared_secret: 'agree',
  erase_one_time_key: 'erase',
  derive_master_secret: 'data-keys',
  derive_data_keys: 'data-keys',
  seal_session_ticket: 'server-finished',
  send_new_session_ticket: 'server-finished',
  receive_new_session_ticket: 'server-finished',
  // A message's step is its sender's, and lasts until it has arrived.
  send_change_cipher_spec: { client: 'client-finished', server: 'server-finished' },
  receive_change_cipher_spec: { client: 'server-finished', server: 'client-finished' },
  send_finished: { client: 'client-finished', server: 'server-finished' },
  receive_finished: { client: 'server-finished', server: 'client-finished' },
  send_application_data: { client: 'request', server: 'reply' },
  receive_application_data: { client: 'read', server: 'request' },

  send_alert: 'close',
  receive_alert: 'close',
  erase_keys: 'close',
  start_listening: 'certificate',
  // These go with what others do, or with what was asked for.
  keep_record: 'current',
  plant_bytes: 'current',
  receive_fragment: 'current',
  receive_hello_request: 'current',
};

/**
 * The step of a unit. `current` is the step that its party is in; for a record that is overheard, its sender; for what is
 * planted, the step that was asked for.
 */
export function stepOf(action: Action, party: Party, handshake: Handshake, current: StepId): StepId {
  const place = PLACES[action];
  if (place === 'current') return current;
  if (typeof place === 'string') return place;
  if ('rsa' in place) return place[handshake];
  // Nobody else does the things that both sides do.
  return isEndpoint(party) ? place[party] : current;
}

/** Where a step comes among the others: units run in this order. */
export function rank(step: StepId, handshake: Handshake): number {
  const order: readonly StepId[] = STEPS[handshake];
  const place = order.indexOf(step);
  return place < 0 ? order.length : place;
}
