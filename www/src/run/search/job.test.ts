import { describe, expect, it } from 'vitest';
import { EMPTY, imageWith, noise, value } from '../../../test/made';
import type { LogEntry } from '../log';
import { PAGE_SIZE } from '../memory';
import type { Value } from '../model';
import { searchAll, searched, searchJob } from './job';

const SIZE = 8 * PAGE_SIZE;
const scalar = noise(32, 7);
const ephemeralKey = value('client_ephemeral_private_key', 'ephemeral_private_key', ['', scalar]);

function findingsIn(values: readonly Value[], ...contents: (readonly [number, Uint8Array])[]) {
  const { memories } = searchAll({ values, memories: [imageWith(SIZE, ...contents)], postings: [] });
  return memories[0] ?? [];
}

function addresses(values: readonly Value[], ...contents: (readonly [number, Uint8Array])[]): readonly number[] {
  return findingsIn(values, ...contents).flatMap(({ copies }) => copies.map(({ at }) => at));
}

describe('a search of a memory', () => {
  it('finds a value at every place of a page, and at both ends of the memory', () => {
    const places = [0, 1, 2, 3, 500, PAGE_SIZE - 32, SIZE - 32];
    for (const at of places) expect(addresses([ephemeralKey], [at, scalar])).toEqual([at]);
  });

  it('finds a value that lies across two pages', () => {
    for (let at = PAGE_SIZE - 31; at < PAGE_SIZE; at++) expect(addresses([ephemeralKey], [at, scalar])).toEqual([at]);
  });

  it('finds a value with a whole page of zeros in it', () => {
    const long = Uint8Array.from([...noise(20, 1), ...new Uint8Array(2 * PAGE_SIZE + 10), ...noise(20, 2)]);
    const reply = value('reply', 'plaintext', ['', long]);
    for (const at of [PAGE_SIZE, PAGE_SIZE + 900, 2 * PAGE_SIZE - 20])
      expect(addresses([reply], [at, long])).toEqual([at]);
  });

  it('finds a value whose zeros at either end lie on an empty page', () => {
    const zeros = new Uint8Array(5);
    const late = value('master_secret', 'shared_secret', ['', Uint8Array.from([...zeros, ...scalar])]);
    expect(addresses([late], [3 * PAGE_SIZE, scalar])).toEqual([3 * PAGE_SIZE - 5]);
    const early = value('master_secret', 'shared_secret', ['', Uint8Array.from([...scalar, ...zeros])]);
    expect(addresses([early], [3 * PAGE_SIZE - 32, scalar])).toEqual([3 * PAGE_SIZE - 32]);
  });

  it('says which way around a copy lies', () => {
    const [finding] = findingsIn([ephemeralKey], [100, scalar], [2000, scalar.toReversed()]);
    expect(finding?.copies).toEqual([
      { part: '', at: 100, length: 32, reversed: false },
      { part: '', at: 2000, length: 32, reversed: true },
    ]);
    expect(finding?.pieces).toEqual([]);
  });

  it('tells pieces from the copies they belong to', () => {
    const [finding] = findingsIn([ephemeralKey], [100, scalar], [2000, scalar.subarray(16)]);
    expect(finding?.copies.map(({ at }) => at)).toEqual([100]);
    expect(finding?.pieces).toEqual([{ part: '', at: 2000, length: 16 }]);
  });

  it('counts a palindrome once', () => {
    const half = noise(20, 11);
    const palindrome = value('master_secret', 'shared_secret', ['', Uint8Array.from([...half, ...half.toReversed()])]);
    expect(addresses([palindrome], [8, palindrome.parts[0]?.bytes ?? EMPTY_BYTES])).toEqual([8]);
  });

  it('takes any of the values of a name for it, and the same value once', () => {
    const other = value('reply', 'plaintext', ['', noise(40, 21)]);
    const one = value('reply', 'plaintext', ['', noise(40, 22)]);
    const again = value('reply', 'plaintext', ['', noise(40, 22)]);
    expect(addresses([other, one, again], [64, noise(40, 22)], [200, noise(40, 21)])).toEqual([64, 200]);
  });

  it('finds nothing in an empty memory, and nothing of what is not there', () => {
    expect(findingsIn([ephemeralKey])).toEqual([]);
    expect(findingsIn([ephemeralKey], [100, scalar.with(31, (scalar[31] ?? 0) ^ 1).subarray(8)])).toEqual([]);
  });
});

const EMPTY_BYTES = new Uint8Array();

describe('the searches of a run', () => {
  const held = { type: 'held', value: ephemeralKey } as const;
  const log: readonly LogEntry[] = [
    { is: 'posting', party: 'client', call: 'create', bytes: scalar },
    {
      is: 'unit',
      unit: {
        party: 'client',
        scope: 'connection',
        unit: { role: 'client', action: 'generate_ephemeral_key', events: [held] },
        holdings: [],
        image: imageWith(SIZE, [64, scalar]),
      },
    },
    { is: 'posting', party: 'server', call: 'receive', bytes: noise(40, 3) },
    { is: 'look', party: 'server', image: EMPTY },
  ];

  it('are of every memory and every posting, for every value', () => {
    const job = searchJob(log);
    expect(job.values).toEqual([ephemeralKey]);
    const { looks, postings } = searched(log, searchAll(job));
    expect(looks.map(({ party, unit, findings }) => [party, unit, findings.map(({ name }) => name)])).toEqual([
      ['client', 0, ['client_ephemeral_private_key']],
      ['server', 0, []],
    ]);
    expect(postings.map(({ party, unit, call, findings }) => [party, unit, call, findings.length])).toEqual([
      ['client', -1, 'create', 1],
      ['server', 0, 'receive', 0],
    ]);
  });

  it('that are missing are an error, not "not found"', () => {
    expect(() => searched(log, { memories: [[]], postings: [[], []] })).toThrow('no result');
  });
});
