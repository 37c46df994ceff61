// The last step of a connection whose transport ended.

import type { StepWords } from '../../words';

/** In the place of an alert, where there was nothing to say or nobody to say it to. */
export const cutOff: StepWords = {
  title: 'The connection ends without a word',
  caption:
    'The transport ended and no close_notify had come. Each side gives the connection up and erases its secrets.',
  why: 'An end without close_notify may be an accident or the work of somebody who cut the connection, so that less arrives than was sent. Nobody can be told any more.',
  engineers:
    'RFC 5246, section 7.2.1: close_notify is there so that a truncation attack is noticed. No alert is sent: the transport has ended.',
};
