// What is said of few runs: the steps that choices behind More lead to (the client's certificate, anonymous DH, a connection that
// is resumed), and how a connection ends before its time.

import type { Resumption } from '../../../run/model';
import type { RESUMED, STEPS } from '../../../run/steps';
import type { Epilogue, StepWords } from '../../words';
import { alerts } from './alerts';
import { anonymous } from './anonymous-steps';
import { bothCertified, clientSteps, noClientCertificate } from './client-steps';
import { byId, byTicket, resumed } from './resumed-steps';
import type { steps } from './step-texts';

type AnonymousWords = Record<(typeof STEPS)['dh-anon'][number] | Epilogue, StepWords>;

const anonymousSteps = ({ dhe }: typeof steps): AnonymousWords => ({
  ...anonymous(dhe),
  'data-keys': dhe['data-keys'],
  request: dhe.request,
  reply: dhe.reply,
  read: dhe.read,
  close: dhe.close,
  alert: dhe.alert,
});

/** Of a connection that resumes an earlier one, whatever the key exchange of that was. */
type ResumedWords = {
  readonly [R in Exclude<Resumption, 'none'>]: Record<(typeof RESUMED)[number] | Epilogue, StepWords>;
};

const resumedSteps = ({ rsa }: typeof steps): ResumedWords => ({
  'session-id': { ...resumed(rsa), ...byId(rsa) },
  'session-ticket': { ...resumed(rsa), ...byTicket(rsa) },
});

/** In the place of an alert, where there was nothing to say or nobody to say it to. */
const cutOff: StepWords = {
  title: 'The connection ends without a word',
  caption:
    'The transport ended and no close_notify had come. Each side gives the connection up and erases its secrets.',
  why: 'An end without close_notify may be an accident or the work of somebody who cut the connection, so that less arrives than was sent. Nobody can be told any more.',
  engineers:
    'RFC 5246, section 7.2.1: close_notify is there so that a truncation attack is noticed. No alert is sent: the transport has ended.',
};

/** Some steps say what the same ones say elsewhere. */
export const further = (usual: typeof steps) => ({
  alerts,
  bothCertified,
  clientSteps,
  cutOff,
  'dh-anon': anonymousSteps(usual),
  noClientCertificate,
  resumed: resumedSteps(usual),
});
