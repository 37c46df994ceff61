/** What a side opens next, by where its bytes are: also where records did not arrive, or are read several at once. */

import { describe, expect, it } from 'vitest';
import type { Action, Unit } from '../../pkg/tls_glass.js';
import { ArrivedRecords } from './arrived-records';

/** A unit that takes records of these lengths. */
function taking(action: Action, ...lengths: readonly number[]): Unit {
  const events = lengths.flatMap((length, id): Unit['events'] => [
    {
      type: 'buffer',
      buffer: { id, kind: 'record', bytes: new Uint8Array(length), fields: [], source: [], carries: undefined },
    },
    { type: 'record', buffer: id, direction: 'received', contentType: 'handshake', protection: undefined },
  ]);
  return { role: 'server', action, events };
}

describe('a side that opens a record', () => {
  it('does so to read what is in it', () => {
    const arrived = new ArrivedRecords();
    arrived.add('server', 6, 'send_change_cipher_spec');
    arrived.add('server', 45, 'send_finished');
    arrived.add('server', 120, 'send_application_data');
    arrived.follow('server', taking('receive_change_cipher_spec', 6));
    expect(arrived.reading('server', 'open_record')).toBe('receive_finished');
    arrived.follow('server', taking('open_record', 45));
    // Reading what is open takes no record.
    arrived.follow('server', taking('receive_finished'));
    expect(arrived.reading('server', 'open_record')).toBe('receive_application_data');
    expect(arrived.reading('server', 'erase_keys')).toBe('erase_keys');
  });

  it('has its own records, whatever arrives at the other one', () => {
    const arrived = new ArrivedRecords();
    arrived.add('client', 10, 'send_alert');
    arrived.add('server', 10, 'send_finished');
    expect(arrived.reading('server', 'open_record')).toBe('receive_finished');
    expect(arrived.reading('client', 'open_record')).toBe('receive_alert');
  });

  it('is not said to read anything, where no record begins there, or none that is opened', () => {
    const arrived = new ArrivedRecords();
    expect(arrived.reading('client', 'open_record')).toBe('open_record');
    arrived.add('client', 10, 'send_server_hello');
    expect(arrived.reading('client', 'open_record')).toBe('open_record');
    arrived.follow('client', taking('open_record', 4));
    expect(arrived.reading('client', 'open_record')).toBe('open_record');
  });
});
