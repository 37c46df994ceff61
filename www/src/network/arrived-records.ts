/** The records that have arrived at each side of a connection, by where their bytes begin in all that arrives there. */

import type { Action, Unit } from '../../pkg/tls_glass.js';
import type { Endpoint } from '../run/model';
import { readBy } from '../run/opened-record';

interface Stream {
  /** Who sent the record that begins at a place. */
  readonly sentBy: Map<number, Action>;
  /** How many bytes have arrived, and how many of them were read. */
  arrived: number;
  read: number;
}

export class ArrivedRecords {
  readonly #streams: Readonly<Record<Endpoint, Stream>> = { client: stream(), server: stream() };

  /** As many bytes arrive, in the place of a record that was sent by this action. */
  add(to: Endpoint, length: number, sentBy: Action): void {
    const into = this.#streams[to];
    into.sentBy.set(into.arrived, sentBy);
    into.arrived += length;
  }

  /** An action; for the opening of a record, the one that reads afterwards what is in it. */
  reading(party: Endpoint, action: Action): Action {
    if (action !== 'open_record') return action;
    const { sentBy, read } = this.#streams[party];
    return readBy(sentBy.get(read));
  }

  /** A unit was done: the records that it took are read. */
  follow(party: Endpoint, { events }: Unit): void {
    for (const event of events) {
      if (event.type !== 'record' || event.direction !== 'received') continue;
      const taken = events.find((each) => each.type === 'buffer' && each.buffer.id === event.buffer);
      if (taken?.type === 'buffer') this.#streams[party].read += taken.buffer.bytes.length;
    }
  }
}

function stream(): Stream {
  return { sentBy: new Map(), arrived: 0, read: 0 };
}
