/** Which record and which step an intervention is about, where steps occur more than once. */

import { describe, expect, it } from 'vitest';
import { EMPTY, OPTIONS, value } from '../../test/made';
import type { LogEntry } from '../run/log';
import type { Intervention, RunOptions } from '../run/model';
import { THE_KEY } from '../run/values';
import { plantAt, RecordInterventions } from './interventions';
import type { ClientLink } from './party-hosts';
import { MemoryReader, Recorder } from './recorder';

const REQUEST = { id: 'request', occurrence: 1 } as const;
const SECOND = { id: 'request', occurrence: 2 } as const;
const BYTES = Uint8Array.of(1, 2, 3);

function asking(...interventions: Intervention[]): RunOptions {
  return { ...OPTIONS, interventions };
}

describe('a record', () => {
  it('is delivered unless something else is asked for', () => {
    const asked = new RecordInterventions(asking());
    expect(asked.next('client', REQUEST, BYTES)).toEqual({ fate: { is: 'delivered' }, ends: false });
  });

  it('is the nth that a side sends in one occurrence of a step', () => {
    const asked = new RecordInterventions(asking({ is: 'drop', record: { from: 'client', at: SECOND, nth: 2 } }));
    const fates = [
      asked.next('client', REQUEST, BYTES),
      asked.next('client', REQUEST, BYTES),
      asked.next('client', SECOND, BYTES),
      asked.next('server', SECOND, BYTES),
      asked.next('server', SECOND, BYTES),
      asked.next('client', SECOND, BYTES),
      asked.next('client', SECOND, BYTES),
    ].map(({ fate }) => fate.is);
    expect(fates).toEqual(['delivered', 'delivered', 'delivered', 'delivered', 'delivered', 'dropped', 'delivered']);
  });

  it('is changed in one byte, counted from either end, and stays as it was for its sender', () => {
    const record = { from: 'server', at: REQUEST, nth: 1 } as const;
    const altered = (offset: number) =>
      new RecordInterventions(asking({ is: 'alter', record, offset, mask: 0xf0 })).next('server', REQUEST, BYTES).fate;
    expect(altered(0)).toEqual({ is: 'altered', bytes: Uint8Array.of(0xf1, 2, 3) });
    expect(altered(-1)).toEqual({ is: 'altered', bytes: Uint8Array.of(1, 2, 0xf3) });
    expect(BYTES).toEqual(Uint8Array.of(1, 2, 3));
    expect(() => altered(3)).toThrow('has no byte 3');
  });

  it('may be the last', () => {
    const asked = new RecordInterventions(asking({ is: 'cut', after: { from: 'client', at: REQUEST, nth: 2 } }));
    const ends = [1, 2, 3].map(() => asked.next('client', REQUEST, BYTES).ends);
    expect(ends).toEqual([false, true, false]);
  });
});

describe('the key', () => {
  it('is planted at the occurrence of the step that was asked for', async () => {
    const key = value(THE_KEY, 'private_key', ['d', BYTES]);
    const made: LogEntry = {
      is: 'unit',
      unit: {
        party: 'server',
        scope: 'setup',
        unit: { role: 'server', action: 'generate_key_pair', events: [{ type: 'held', value: key }] },
        holdings: [],
        image: EMPTY,
      },
    };
    const recorder = new Recorder(undefined, [made]);
    const planted: Uint8Array[] = [];
    const link = {
      plant: (bytes: Uint8Array) => {
        planted.push(bytes);
        return { unit: { role: 'client', action: 'plant_bytes', events: [] }, holdings: [], output: new Uint8Array() };
      },
    } as unknown as ClientLink;
    const memory = new MemoryReader(() => ({ ...EMPTY, changed: new Uint32Array(), bytes: new Uint8Array() }));
    const client = recorder.attach({ party: 'client', link, memory });
    const options = asking({ is: 'plant', at: SECOND });
    await plantAt(REQUEST, options, recorder, client, 'connection');
    expect(planted).toEqual([]);
    await plantAt(SECOND, options, recorder, client, 'connection');
    expect(planted).toEqual([BYTES]);
    expect(recorder.units.at(-1)).toMatchObject({ party: 'client', scope: 'connection' });
  });
});
