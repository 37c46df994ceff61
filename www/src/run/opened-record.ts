/** What is in a protected record, by who sent it: whoever opens it does so in the step in which that is read. */

import type { Action } from './model';

const READ_BY: Readonly<Partial<Record<Action, Action>>> = {
  send_finished: 'receive_finished',
  send_application_data: 'receive_application_data',
  send_alert: 'receive_alert',
};

/** The action that reads what was `sent` by that one; if nobody can say what is in there, none but its opening. */
export function readBy(sent: Action | undefined): Action {
  return (sent && READ_BY[sent]) ?? 'open_record';
}
