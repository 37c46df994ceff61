// The phases of a connection; the scrubber is labelled with them.

import type { StepId } from '../../run/model';

export const phases = {
  setup: 'before',
  hello: 'hello',
  exchange: 'key exchange',
  finished: 'finished',
  data: 'data',
  close: 'close',
} as const;

/** Which phase of the connection a step belongs to. */
export const phaseOf: Record<StepId, keyof typeof phases> = {
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
