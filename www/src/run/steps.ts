/** Which step a unit of work belongs to: a table, checked for every action by the type checker. */

import type { Action, Endpoint, Handshake, Party, RunOptions, Scope, StepId } from './model';
import { isEndpoint } from './model';

/** How every full handshake ends. */
const CONFIRMED = [
  'client-finished',
  'server-finished',
  'request',
  'reply',
  'read',
] as const satisfies readonly StepId[];

/** From the keys on, where the client may show who it is. */
const KEYED = [
  'data-keys',
  'client-sign',
  'client-proof',
  'client-verify',
  ...CONFIRMED,
] as const satisfies readonly StepId[];

/** DHE goes as ECDHE does; the group is another. */
const EPHEMERAL = [
  'certificate',
  'client-hello',
  'server-hello',
  'identity',
  'sign',
  'proof',
  'ask',
  'verify',
  'client-identity',
  'client-check',
  'client-key',
  'agree',
  'erase',
  ...KEYED,
] as const satisfies readonly StepId[];

/** All steps that each handshake can have, up to what ends it, in their order. Which of them a run has: {@link stepsFor}. */
export const STEPS = {
  rsa: [
    'certificate',
    'client-hello',
    'server-hello',
    'identity',
    'ask',
    'verify',
    'client-identity',
    'client-check',
    'secret',
    'client-key',
    'decrypt',
    ...KEYED,
  ],
  dhe: EPHEMERAL,
  ecdhe: EPHEMERAL,
  'dh-anon': [
    'certificate',
    'client-hello',
    'server-hello',
    'server-key',
    'client-key',
    'agree',
    'erase',
    'data-keys',
    ...CONFIRMED,
  ],
} as const satisfies Record<Handshake, readonly StepId[]>;

/** The same of a connection that resumes an earlier one. The server confirms first (RFC 5246, section 7.3). */
export const RESUMED = [
  'certificate',
  'session',
  'client-hello',
  'open-ticket',
  'server-hello',
  'data-keys',
  'server-finished',
  'client-finished',
  'request',
  'reply',
  'read',
] as const satisfies readonly StepId[];

/** What decides which steps there are. */
export type Course = Pick<RunOptions, 'handshake' | 'clientCertificate' | 'resumption'>;

/** What there is only where the server asks for the client's certificate. */
const ASKED: readonly StepId[] = ['ask', 'client-identity'];
/** What there is only where the client shows one. */
const SHOWN: readonly StepId[] = ['client-check', 'client-sign', 'client-proof', 'client-verify'];

/** How the server got its certificate: it comes before the count, for who wants to see it. */
export const PROLOGUE = 'certificate' satisfies StepId;

/** The count begins with the connection; what ends it comes after. */
export function isCounted(id: StepId): boolean {
  return id !== PROLOGUE && id !== 'close' && id !== 'alert';
}

/** The steps of a run with these options, in their order, without what ends it; of one that fails, those that it was to have. */
export function stepsFor(options: Course): readonly StepId[] {
  const all = orderOf(options);
  if (options.resumption === 'session-id') return all.filter((id) => id !== 'open-ticket');
  if (options.resumption === 'session-ticket') return all;
  if (isShown(options)) return all;
  const without = options.clientCertificate === 'off' ? [...ASKED, ...SHOWN] : SHOWN;
  return all.filter((id) => !without.includes(id));
}

function orderOf({ handshake, resumption }: Course): readonly StepId[] {
  return resumption === 'none' ? STEPS[handshake] : RESUMED;
}

/** Whether the client has a certificate, and shows it. */
export function isShown({ clientCertificate }: Pick<RunOptions, 'clientCertificate'>): boolean {
  return clientCertificate === 'shown' || clientCertificate === 'untrusted';
}

/** A step; or, for units that may come anywhere, the one under way; or the step by whether the server shows who it is. */
type Step = StepId | 'current' | Readonly<Record<'known' | 'anonymous', StepId>>;
/** The same for both sides, or by who acts. */
type Place = Step | Readonly<Record<Endpoint, Step>>;

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
  open_session_ticket: 'open-ticket',
  send_server_hello: 'server-hello',
  receive_server_hello: 'server-hello',
  send_certificate: { server: 'identity', client: 'client-identity' },
  receive_certificate: { client: 'identity', server: 'client-identity' },
  // The server makes its one-time key to sign it, or else to send it, as the client does.
  generate_ephemeral_key: { server: { known: 'sign', anonymous: 'server-key' }, client: 'client-key' },
  sign_server_key_exchange: 'sign',
  send_server_key_exchange: { known: 'proof', anonymous: 'server-key' },
  receive_server_key_exchange: { known: 'proof', anonymous: 'server-key' },
  // It closes the server's flight, whichever message comes before it.
  send_server_hello_done: 'current',
  receive_server_hello_done: 'current',
  check_certificate: { client: 'verify', server: 'client-check' },
  send_certificate_request: 'ask',
  receive_certificate_request: 'ask',
  sign_certificate_verify: 'client-sign',
  send_certificate_verify: 'client-proof',
  receive_certificate_verify: 'client-proof',
  check_certificate_verify: 'client-verify',
  verify_server_key_exchange: 'verify',
  generate_pre_master_secret: 'secret',
  send_client_key_exchange: 'client-key',
  receive_client_key_exchange: 'client-key',
  decrypt_pre_master_secret: 'decrypt',
  compute_shared_secret: 'agree',
  erase_ephemeral_key: 'erase',
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
  take_leaked_key: 'current',
  receive_fragment: 'current',
  // Known by what is in it: opened-record.ts.
  open_record: 'current',
  receive_end: 'current',
  receive_hello_request: 'current',
};

/**
 * The step of a unit. All of an earlier connection is one step. `current` is the step that its party is in; for a record that
 * is overheard, its sender.
 */
export function stepOf(
  { action, party, scope }: { readonly action: Action; readonly party: Party; readonly scope: Scope },
  { handshake }: Course,
  current: StepId,
): StepId {
  if (scope === 'earlier') return 'session';
  const place = PLACES[action];
  // Nobody else does the things that both sides do.
  const step = typeof place === 'string' || 'known' in place ? place : isEndpoint(party) ? place[party] : 'current';
  if (typeof step === 'string') return step === 'current' ? current : step;
  return step[handshake === 'dh-anon' ? 'anonymous' : 'known'];
}

/** Where a step comes among the others: units run in this order. */
export function rank(step: StepId, course: Course): number {
  const order = orderOf(course);
  const place = order.indexOf(step);
  return place < 0 ? order.length : place;
}
