/** Protected records on their way. Whoever gets one opens it in the step in which what it holds is read. */

import type { Action, Endpoint, Unit } from './model';

/** What reads what was sent so. */
const READ_BY: Readonly<Partial<Record<Action, Action>>> = {
  send_finished: 'receive_finished',
  send_application_data: 'receive_application_data',
  send_alert: 'receive_alert',
};

/** Follows the units of one connection, in their order. */
export class ProtectedRecords {
  /** By who gets them: the actions that sent the records that are still closed. */
  readonly #closed: Record<Endpoint, Action[]> = { client: [], server: [] };

  /** Takes note of what was done. */
  follow(party: Endpoint, { action, events }: Pick<Unit, 'action' | 'events'>): void {
    if (action === 'open_record') this.#closed[party].shift();
    const to = party === 'client' ? 'server' : 'client';
    for (const event of events) {
      if (event.type === 'record' && event.direction === 'sent' && event.protection !== undefined)
        this.#closed[to].push(action);
    }
  }

  /** An action; for the opening of a record, the one that reads it afterwards. */
  readBy(party: Endpoint, action: Action): Action {
    if (action !== 'open_record') return action;
    return READ_BY[this.#closed[party][0] ?? action] ?? action;
  }
}
