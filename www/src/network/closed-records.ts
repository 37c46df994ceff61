/** The protected records that have arrived and are not opened yet. */

import type { Action } from '../../pkg/tls_glass.js';
import type { Endpoint } from '../run/model';
import { readBy } from '../run/opened-record';

export class ClosedRecords {
  /** By who has them: the actions that sent them. */
  readonly #sentBy: Record<Endpoint, Action[]> = { client: [], server: [] };

  add(to: Endpoint, sentBy: Action): void {
    this.#sentBy[to].push(sentBy);
  }

  /** An action; for the opening of a record, the one that reads it afterwards. */
  reading(party: Endpoint, action: Action): Action {
    if (action !== 'open_record') return action;
    const [next] = this.#sentBy[party];
    if (!next) throw new Error(`the ${party} would open a record, and none has arrived`);
    return readBy(next);
  }

  opened(party: Endpoint): void {
    this.#sentBy[party].shift();
  }
}
