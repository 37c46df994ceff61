/** What is in a protected record, by who sent it: whoever opens it does so in the step in which that is read. */

import type { Action } from './model';

const READ_BY: Readonly<Partial<Record<Action, Action>>> = {
  send_finished: 'receive_finished',
  send_application_data: 'receive_application_data',
  send_alert: 'receive_alert',
};

/** The action that reads what was `sent` by that one. */
export function readBy(sent: Action): Action {
  const reads = READ_BY[sent];
  if (!reads) throw new Error(`nothing reads what ${sent} has protected`);
  return reads;
}
