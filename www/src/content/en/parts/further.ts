// What is said of few runs: the steps that choices behind More lead to (the client's certificate, anonymous DH, a connection that
// is resumed), and what it means that a connection ended with an alert.

import type { Resumption } from '../../../run/model';
import type { RESUMED, STEPS } from '../../../run/steps';
import type { Epilogue, StepWords } from '../../words';
import { steps } from '../steps';
import { alerts } from './alerts';
import { anonymous } from './anonymous-steps';
import { bothCertified, clientSteps, noClientCertificate } from './client-steps';
import { byId, byTicket, resumed } from './resumed-steps';

const { rsa, dhe } = steps;

const dhAnon: Record<(typeof STEPS)['dh-anon'][number] | Epilogue, StepWords> = {
  ...anonymous(dhe),
  'data-keys': dhe['data-keys'],
  request: dhe.request,
  reply: dhe.reply,
  read: dhe.read,
  close: dhe.close,
  alert: dhe.alert,
};

/** Of a connection that resumes an earlier one, whatever the key exchange of that was. */
const resumedSteps: {
  readonly [R in Exclude<Resumption, 'none'>]: Record<(typeof RESUMED)[number] | Epilogue, StepWords>;
} = {
  'session-id': { ...resumed(rsa), ...byId(rsa) },
  'session-ticket': { ...resumed(rsa), ...byTicket(rsa) },
};

export const further = {
  alerts,
  bothCertified,
  clientSteps,
  'dh-anon': dhAnon,
  noClientCertificate,
  resumed: resumedSteps,
};
