/** What a story writes down: whatever is posted, and whatever memories were. */

import { describe, expect, it } from 'vitest';
import type { Advanced } from '../../pkg/tls_glass.js';
import { EMPTY } from '../../test/made';
import { PAGE_SIZE, type Snapshot } from '../run/memory';
import type { Link } from './links';
import { type Member, Memory, Story } from './story';

/** A client that takes everything, and whose memory has one more page each time. */
function client(calls: unknown[][] = []): Member<'client'> {
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
  return { party: 'client', link, memory: new Memory(take) };
}

const advanced = {
  unit: { role: 'client', action: 'send_client_hello', events: [] },
  holdings: [],
  output: new Uint8Array(),
  next: undefined,
} satisfies Advanced;

describe('a story', () => {
  it('has all bytes and all text that are posted, however deep, and passes them on', async () => {
    const calls: unknown[][] = [];
    const story = new Story();
    const link = story.join(client(calls));
    const seed = Uint8Array.of(1, 2);
    await link.create({ seed, time: 5 });
    await link.connect({ serverName: 'ab', ciphers: [], request: { path: 'c' } } as never);
    const posted = story.told.flatMap((each) =>
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
    const story = new Story();
    const bytes = Uint8Array.of(7);
    await story.join(client()).receive(bytes);
    bytes.fill(0);
    expect(story.told).toMatchObject([{ is: 'posting', bytes: Uint8Array.of(7) }]);
  });

  it('reads the memory after each unit, and everybody’s when it looks around', async () => {
    const seen: number[] = [];
    const story = new Story(({ image }) => {
      seen.push(image.pages.filter((page) => page).length);
    });
    story.join(client());
    await story.tell('client', 'connection', advanced);
    await story.tell('client', 'connection', advanced);
    await story.lookAround();
    expect(seen).toEqual([1, 2]);
    expect(story.told.map(({ is }) => is)).toEqual(['unit', 'unit', 'look']);
    expect(story.units[1]?.image.pages[0]).toBe(story.units[0]?.image.pages[0]);
  });

  it('goes on with what was told before', async () => {
    const first = new Story();
    const member = client();
    first.join(member);
    await first.tell('client', 'setup', advanced);
    const second = new Story(undefined, first.told);
    second.join(member);
    await second.tell('client', 'connection', advanced);
    expect(second.units.map(({ scope }) => scope)).toEqual(['setup', 'connection']);
    expect(first.units).toHaveLength(1);
    // The same worker, so the same memory.
    expect(second.units[1]?.image.pages[0]).toBe(first.units[0]?.image.pages[0]);
  });

  it('knows nobody who did not join', async () => {
    await expect(new Story().tell('server', 'setup', advanced)).rejects.toThrow('no part of the story');
  });
});
