/** The phases of a connection, which the scrubber is labelled with. */

import type { StepId } from '../run/model';

export type Phase = 'setup' | 'hello' | 'exchange' | 'finished' | 'data' | 'close';

/** Which phase a step belongs to. */
export const PHASES: Readonly<Record<StepId, Phase>> = {
  certificate: 'setup',
  session: 'setup',
  'client-hello': 'hello',
  'open-ticket': 'hello',
  'server-hello': 'hello',
  identity: 'hello',
  sign: 'exchange',
  proof: 'exchange',
  'server-key': 'exchange',
  ask: 'exchange',
  verify: 'exchange',
  'client-identity': 'exchange',
  'client-check': 'exchange',
  secret: 'exchange',
  'client-key': 'exchange',
  decrypt: 'exchange',
  agree: 'exchange',
  erase: 'exchange',
  'data-keys': 'exchange',
  'client-sign': 'exchange',
  'client-proof': 'exchange',
  'client-verify': 'exchange',
  'client-finished': 'finished',
  'server-finished': 'finished',
  request: 'data',
  reply: 'data',
  read: 'data',
  close: 'close',
  alert: 'close',
};
