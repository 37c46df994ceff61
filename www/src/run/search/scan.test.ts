import { describe, expect, it } from 'vitest';
import { find } from '../../../test/find';
import { noise, value } from '../../../test/made';
import { needlesOf } from './needles';
import { prepare, search } from './scan';

function memoryWith(size: number, ...contents: [number, Uint8Array][]): Uint8Array {
  const memory = new Uint8Array(size);
  for (const [at, bytes] of contents) memory.set(bytes, at);
  return memory;
}

const secret = noise(48, 5);
const masterSecret = value('master_secret', 'shared_secret', ['', secret]);
const scalar = noise(32, 7);
const ephemeralKey = value('client_ephemeral_private_key', 'ephemeral_private_key', ['', scalar]);

describe('needles', () => {
  it('are the whole value in both byte orders', () => {
    expect(needlesOf(masterSecret).map((needle) => needle.form)).toEqual(['whole', 'reversed']);
  });

  it('of a private number are its pieces, too', () => {
    const forms = needlesOf(ephemeralKey).map((needle) => `${needle.form} ${needle.offset}`);
    expect(forms).toEqual(['whole 0', 'reversed 0', 'piece 0', 'piece 16', 'reversed piece 0', 'reversed piece 16']);
  });

  it('leave out an encoded key, which shares bytes with the public key', () => {
    const key = value('server_private_key', 'private_key', ['pkcs8', noise(64, 3)]);
    expect(needlesOf(key).map((needle) => needle.form)).toEqual(['whole', 'reversed']);
  });

  it('leave out pieces with few different bytes', () => {
    const key = value('server_private_key', 'private_key', ['d', new Uint8Array(64).fill(1)]);
    expect(needlesOf(key).some((needle) => needle.form === 'piece')).toBe(false);
  });

  it('leave out what is too short to tell', () => {
    expect(needlesOf(value('client_write_iv', 'traffic_key', ['', noise(4, 2)]))).toEqual([]);
  });
});

describe('search', () => {
  it('finds every place, at the very start and the very end too', () => {
    const memory = memoryWith(500, [0, secret], [200, secret], [500 - secret.length, secret]);
    const matches = search(memory, prepare(needlesOf(masterSecret)), 0x1000);
    expect(matches.map((match) => match.at)).toEqual([0x1000, 0x1000 + 200, 0x1000 + 500 - secret.length]);
  });

  it('finds what begins with zeros', () => {
    const padded = Uint8Array.from([0, 0, 0, ...secret]);
    const leading = value('master_secret', 'shared_secret', ['', padded]);
    const found = search(memoryWith(500, [0, padded], [300, secret]), prepare(needlesOf(leading)));
    expect(found.map((match) => match.at)).toEqual([0, 297]);
  });

  it('finds nothing where the last byte differs', () => {
    const changed = secret.with(secret.length - 1, (secret.at(-1) ?? 0) ^ 1);
    expect(search(memoryWith(500, [100, changed]), prepare(needlesOf(masterSecret)))).toEqual([]);
  });
});

describe('find', () => {
  it('counts a copy in the other byte order', () => {
    const [found] = find(memoryWith(200, [64, secret.toReversed()]), [masterSecret]);
    expect(found?.copies.get('')).toEqual([64]);
  });

  it('counts a palindrome once', () => {
    const half = noise(20, 11);
    const palindrome = Uint8Array.from([...half, ...half.toReversed()]);
    const [found] = find(memoryWith(200, [8, palindrome]), [value('master_secret', 'shared_secret', ['', palindrome])]);
    expect(found?.copies.get('')).toEqual([8]);
  });

  it('tells pieces apart from the copies they belong to', () => {
    const memory = memoryWith(300, [10, scalar], [100, scalar.subarray(16)]);
    const [found] = find(memory, [ephemeralKey]);
    expect(found?.copies.get('')).toEqual([10]);
    expect(found?.pieces.map((match) => match.at)).toEqual([100]);
  });

  it('tells each part by itself, also within an encoding that holds it', () => {
    const d = noise(32, 13);
    const pkcs8 = Uint8Array.from([...noise(10, 1), ...d, ...noise(10, 4)]);
    const key = value('server_private_key', 'private_key', ['pkcs8', pkcs8], ['d', d]);
    const [found] = find(memoryWith(300, [50, pkcs8]), [key]);
    expect(found?.copies).toEqual(
      new Map([
        ['pkcs8', [50]],
        ['d', [60]],
      ]),
    );
    expect(found?.pieces).toEqual([]);
  });

  it('reports a value that is not there with no copies', () => {
    const [found] = find(new Uint8Array(100), [masterSecret]);
    expect(found?.copies.get('')).toEqual([]);
  });
});
