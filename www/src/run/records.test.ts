/** Records as they were sent, as they arrived and as they were read: each finds its own by where its bytes are. */

import { describe, expect, it } from 'vitest';
import { EMPTY } from '../../test/made';
import type { LogEntry } from './log';
import type { Action, Endpoint, Fate, TraceBuffer, TraceEvent } from './model';
import { recordsOf } from './records';

function unit(party: Endpoint, action: Action, direction: 'sent' | 'received', id: number, bytes: number[]): LogEntry {
  const buffer: TraceBuffer = {
    id,
    kind: 'record',
    bytes: Uint8Array.from(bytes),
    fields: [],
    source: [],
    carries: undefined,
  };
  const events: TraceEvent[] = [
    { type: 'buffer', buffer },
    { type: 'record', buffer: id, direction, contentType: 'alert', protection: undefined },
  ];
  return {
    is: 'unit',
    unit: { party, scope: 'connection', unit: { role: party, action, events }, holdings: [], image: EMPTY },
  };
}

const sent = (id: number, bytes: number[]) => unit('client', 'send_alert', 'sent', id, bytes);
const read = (id: number, bytes: number[]) => unit('server', 'receive_alert', 'received', id, bytes);

function delivery(record: number, id: number, fate: Fate): LogEntry {
  const from = { party: 'client', scope: 'connection', id } as const;
  return { is: 'delivery', delivery: { record, from: 'client', to: 'server', sent: from, by: 'network', fate } };
}

const DELIVERED: Fate = { is: 'delivered' };

/** Number of each record, and of the buffer in which it was read. */
function readings(log: readonly LogEntry[]): readonly (readonly [number, number | undefined])[] {
  return recordsOf(log).map(({ index, received }) => [index, received?.id]);
}

describe('a record', () => {
  it('was read where its bytes arrived, whatever else is in the unit', () => {
    const log = [sent(0, [1, 2]), delivery(0, 0, DELIVERED), sent(3, [3]), delivery(1, 3, DELIVERED)];
    expect(readings([...log, read(7, [1, 2]), read(9, [3])])).toEqual([
      [0, 7],
      [1, 9],
    ]);
    expect(readings([...log, read(7, [1, 2])])).toEqual([
      [0, 7],
      [1, undefined],
    ]);
  });

  it('was not read if it was dropped; the next one was', () => {
    const log = [
      sent(0, [1, 2]),
      delivery(0, 0, { is: 'dropped' }),
      sent(3, [3]),
      delivery(1, 3, DELIVERED),
      read(7, [3]),
    ];
    expect(readings(log)).toEqual([
      [0, undefined],
      [1, 7],
    ]);
  });

  it('keeps what was sent beside what arrived', () => {
    const altered = { is: 'altered', bytes: Uint8Array.of(1, 9) } as const;
    const [record] = recordsOf([sent(0, [1, 2]), delivery(0, 0, altered), read(7, [1, 9])]);
    expect(record).toMatchObject({
      bytes: Uint8Array.of(1, 2),
      fate: altered,
      by: 'network',
      received: { id: 7 },
      receivedBy: 1,
    });
  });

  it('that is read together with the next one leaves that one without a reader, and no other', () => {
    const log = [
      sent(0, [1, 2]),
      delivery(0, 0, DELIVERED),
      sent(3, [3]),
      delivery(1, 3, DELIVERED),
      sent(4, [4]),
      delivery(2, 4, DELIVERED),
      read(7, [1, 2, 3]),
      read(8, [4]),
    ];
    expect(readings(log)).toEqual([
      [0, 7],
      [1, undefined],
      [2, 8],
    ]);
  });

  it('that was read and never arrived is a mistake', () => {
    const log = [sent(0, [1, 2]), delivery(0, 0, DELIVERED), read(7, [1, 3])];
    expect(() => recordsOf(log)).toThrow('other bytes than those that arrived');
    expect(() => recordsOf([...log.slice(0, 2), read(7, [1, 2]), read(8, [1])])).toThrow('other bytes');
  });

  it('has its number from when it is sent', () => {
    expect(() => recordsOf([sent(0, [1]), delivery(1, 0, DELIVERED)])).toThrow('record 1 is in the log as number 0');
    expect(() => recordsOf([delivery(0, 5, DELIVERED)])).toThrow('nobody sent record 0');
  });
});
