import { describe, expect, it } from 'vitest';
import { noise, value } from '../../../test/made';
import { extents, type MemoryImage, PAGE_SIZE, withSnapshot } from '../memory';
import type { Value } from '../model';
import { needlesOf } from './needles';
import { PageSearch } from './pages';
import { type Match, prepare, search } from './scan';

const PAGES = 12;

/** A memory after many changes of few bytes each, at every stage: most of its pages are the same objects all along. */
function stages(values: readonly Value[]): readonly MemoryImage[] {
  const memory = new Uint8Array(PAGES * PAGE_SIZE);
  const images: MemoryImage[] = [];
  const parts = values.flatMap((each) => each.parts.map((part) => part.bytes));
  for (let change = 0; change < 60; change++) {
    const bytes = parts[change % parts.length] ?? new Uint8Array();
    const [a = 0, b = 0] = noise(2, change + 3);
    const at = (a * 256 + b) % (memory.length - bytes.length);
    memory.set(change % 5 === 4 ? bytes.map((byte) => byte ^ 1) : bytes, at);
    const first = Math.floor(at / PAGE_SIZE);
    const changed = Uint32Array.from(
      { length: Math.ceil((at + bytes.length) / PAGE_SIZE) - first },
      (_, i) => first + i,
    );
    const pages = memory.slice(first * PAGE_SIZE, (first + changed.length) * PAGE_SIZE);
    images.push(withSnapshot(images.at(-1), { size: memory.length, stackTop: 0, heapBase: 0, changed, bytes: pages }));
  }
  return images;
}

const words = (matches: readonly Match[]) =>
  matches.map(({ needle, at }) => `${needle.value.name} ${needle.part} ${needle.form} ${needle.offset} ${at}`);

describe('a search page by page', () => {
  it('finds what a search of the whole memory finds, in one image after the other', () => {
    const values = [
      value('client_ephemeral_private_key', 'ephemeral_private_key', ['', noise(32, 7)]),
      value('server_private_key', 'private_key', ['pkcs8', noise(1218, 5)], ['d', noise(256, 9)]),
      value('master_secret', 'shared_secret', ['', Uint8Array.from([0, 0, 0, 0, ...noise(44, 11)])]),
      value('reply', 'plaintext', ['', Uint8Array.from([...noise(30, 13), ...new Uint8Array(2000), ...noise(9, 15)])]),
    ];
    const prepared = prepare(values.flatMap(needlesOf));
    const pages = new PageSearch(prepared);
    let found = 0;
    for (const image of stages(values)) {
      const whole = extents(image, prepared.longest).flatMap(({ base, bytes }) => search(bytes, prepared, base));
      expect(words(pages.search(image))).toEqual(words(whole));
      found += whole.length;
    }
    expect(found).toBeGreaterThan(200);
  });
});
