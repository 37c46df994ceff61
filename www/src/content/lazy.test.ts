import { describe, expect, it } from 'vitest';
import { lazy } from './lazy';

const ADDRESS = 'https://site.example/assets/part-1a2b.js';

/** A browser that fails to load a module, so many times. */
function failing(times: number): () => Promise<{ words: string }> {
  let left = times;
  return async () => {
    if (left-- > 0) throw new TypeError(`Failed to fetch dynamically imported module: ${ADDRESS}`);
    return { words: 'here' };
  };
}

describe('a part that loads when it is first asked for', () => {
  it('is loaded once', async () => {
    let loads = 0;
    const part = lazy(
      async () => ++loads,
      (n) => n,
    );
    expect([await part(), await part()]).toEqual([1, 1]);
  });

  it('says that it failed, and is tried again when asked again', async () => {
    const part = lazy(failing(1), ({ words }) => words);
    await expect(part()).rejects.toThrow('Failed to fetch');
    expect(await part()).toBe('here');
  });

  it('is tried at another address where the browser keeps the failure', async () => {
    const tried: string[] = [];
    const part = lazy(
      failing(9),
      ({ words }) => words,
      async (address) => {
        tried.push(address);
        return { words: 'there' };
      },
    );
    await expect(part()).rejects.toThrow('Failed to fetch');
    expect(tried).toEqual([]);
    expect(await part()).toBe('there');
    expect(tried).toEqual([`${ADDRESS}?again=1`]);
  });

  it('fails again where the other address fails, too, or none is named', async () => {
    const nameless = lazy(
      () => Promise.reject(new TypeError('Importing a module script failed.')),
      () => '',
    );
    await expect(nameless()).rejects.toThrow('Importing');
    await expect(nameless()).rejects.toThrow('Importing');
    const part = lazy(
      failing(9),
      ({ words }) => words,
      async () => Promise.reject(new Error('still not')),
    );
    await expect(part()).rejects.toThrow('Failed to fetch');
    await expect(part()).rejects.toThrow('still not');
  });
});
