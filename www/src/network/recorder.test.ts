/** What a recorder writes down: whatever is posted, and whatever memories were. */

import { describe, expect, it } from 'vitest';
import type { Advanced } from '../../pkg/tls_glass.js';
import { EMPTY } from '../../test/made';
import { PAGE_SIZE, type Snapshot } from '../run/memory';
import type { Link } from './party-hosts';
import { MemoryReader, type RecordedParty, Recorder } from './recorder';

/** A client that takes everything, and whose memory has one more page each time. */
function client(calls: unknown[][] = []): RecordedParty<'client'> {
  const link = new Proxy(
    {},
    {
      get:
        () =>
        (...args: unknown[]) =>
          calls.push(args),
    },
  ) as Link<'client'>;
  let looked = 0;
  const take = (): Snapshot => {
    const changed = Uint32Array.of(looked);
    looked += 1;
    return { ...EMPTY, size: 8 * PAGE_SIZE, changed, bytes: new Uint8Array(PAGE_SIZE).fill(looked) };
  };
  return { party: 'client', link, memory: new MemoryReader(take) };
}

const advanced = {
  unit: { role: 'client', action: 'send_client_hello', events: [] },
  holdings: [],
  output: new Uint8Array(),
  next: undefined,
} satisfies Advanced;

describe('a recorder', () => {
  it('has all bytes and all text that are posted, however deep, and passes them on', async () => {
    const calls: unknown[][] = [];
    const recorder = new Recorder();
    const link = recorder.attach(client(calls));
    const seed = Uint8Array.of(1, 2);
    await link.create({ seed, time: 5 });
    await link.connect({ serverName: 'ab', ciphers: [], request: { path: 'c' } } as never);
    const posted = recorder.log.flatMap((each) =>
      each.is === 'posting' ? [[each.party, each.call, [...each.bytes]]] : [],
    );
    expect(posted).toEqual([
      ['client', 'create', [1, 2]],
      ['client', 'connect', [0x61, 0x62]],
      ['client', 'connect', [0x63]],
    ]);
    expect(calls).toHaveLength(2);
    expect(calls[0]).toEqual([{ seed, time: 5 }]);
  });

  it('has posted bytes as they were', async () => {
    const recorder = new Recorder();
    const bytes = Uint8Array.of(7);
    await recorder.attach(client()).receive(bytes);
    bytes.fill(0);
    expect(recorder.log).toMatchObject([{ is: 'posting', bytes: Uint8Array.of(7) }]);
  });

  it('reads the memory after each unit, and everybody’s at the end of a step', async () => {
    const counts: number[] = [];
    const recorder = new Recorder(({ image }) => {
      counts.push(image.pages.filter((page) => page).length);
    });
    recorder.attach(client());
    await recorder.addUnit('client', 'connection', advanced);
    await recorder.addUnit('client', 'connection', advanced);
    await recorder.readMemories();
    expect(counts).toEqual([1, 2]);
    expect(recorder.log.map(({ is }) => is)).toEqual(['unit', 'unit', 'look']);
    expect(recorder.units[1]?.image.pages[0]).toBe(recorder.units[0]?.image.pages[0]);
  });

  it('goes on from what was recorded before', async () => {
    const first = new Recorder();
    const party = client();
    first.attach(party);
    await first.addUnit('client', 'setup', advanced);
    const second = new Recorder(undefined, first.log);
    second.attach(party);
    await second.addUnit('client', 'connection', advanced);
    expect(second.units.map(({ scope }) => scope)).toEqual(['setup', 'connection']);
    expect(first.units).toHaveLength(1);
    // The same worker, so the same memory.
    expect(second.units[1]?.image.pages[0]).toBe(first.units[0]?.image.pages[0]);
  });

  it('knows nobody who was not attached', async () => {
    await expect(new Recorder().addUnit('server', 'setup', advanced)).rejects.toThrow('is not recorded');
  });

  it('asks for the memory together with the next unit, and anew where something came in between', async () => {
    const asked: string[] = [];
    const party: RecordedParty<'client'> = {
      party: 'client',
      link: new Proxy({}, { get: (_, name) => () => asked.push(String(name)) }) as Link<'client'>,
      memory: new MemoryReader(() => {
        asked.push('snapshot');
        return { ...EMPTY, changed: new Uint32Array(), bytes: new Uint8Array() };
      }),
    };
    const recorder = new Recorder();
    const link = recorder.attach(party);
    const advancing = link.advance();
    expect(asked).toEqual(['advance', 'snapshot']);
    await advancing;
    await recorder.addUnit('client', 'connection', advanced);
    expect(asked).toEqual(['advance', 'snapshot']);
    await link.advance();
    await link.receive(Uint8Array.of(1));
    await recorder.addUnit('client', 'connection', advanced);
    expect(asked.slice(2)).toEqual(['advance', 'snapshot', 'receive', 'snapshot']);
  });
});
