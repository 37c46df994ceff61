/**
 * The searches of a run: every memory that was looked at and everything that was posted, each for every value of the run.
 * Pure functions.
 */

import { type LogEntry, numbered, unitsIn } from '../log';
import { extents, type MemoryImage } from '../memory';
import type { Copy, Finding, Look, Piece, Posting, Value, ValueName } from '../model';
import { rowsOf, sightingsIn } from '../values';
import { type Needle, needlesOf } from './needles';
import { PageSearch } from './pages';
import { countPairs, type Match, prepare, search } from './scan';

/** What is to be searched, and for what. */
export interface SearchJob {
  readonly values: readonly Value[];
  readonly memories: readonly MemoryImage[];
  readonly postings: readonly Uint8Array[];
}

/** What was found in each memory and each posting of the job, in the job's order. */
export interface SearchResult {
  readonly memories: readonly (readonly Finding[])[];
  readonly postings: readonly (readonly Finding[])[];
}

/** The values are those of the whole run: a secret is looked for before it is made, too. */
export function searchJob(log: readonly LogEntry[]): SearchJob {
  const units = numbered(unitsIn(log));
  return {
    values: rowsOf(sightingsIn(units).map(({ value }) => value)).flatMap((row) => row.values),
    memories: looksIn(log).map((look) => look.image),
    postings: postingsIn(log).map((posting) => posting.bytes),
  };
}

export function searchAll({ values, memories, postings }: SearchJob): SearchResult {
  const needles = distinct(values.flatMap(needlesOf));
  // All parties run the same module, so most of their memories is the same: one tells which bytes are rare in all.
  const samples = memories.slice(-1).flatMap((image) => extents(image).map(({ bytes }) => bytes));
  const prepared = prepare(needles, countPairs(samples));
  const pages = new PageSearch(prepared);
  const known = new Map<MemoryImage, readonly Finding[]>();
  // Where a party did nothing, its memory is the same image as before.
  const findingsIn = (image: MemoryImage): readonly Finding[] => {
    const findings = known.get(image) ?? findingsOf(pages.search(image));
    known.set(image, findings);
    return findings;
  };
  return {
    memories: memories.map(findingsIn),
    postings: postings.map((bytes) => findingsOf(search(bytes, prepared))),
  };
}

/** The looks and postings of a run, with what was found in them. */
export function searched(log: readonly LogEntry[], found: SearchResult): { looks: Look[]; postings: Posting[] } {
  return {
    looks: looksIn(log).map((look, index) => ({ ...look, findings: resultAt(found.memories, index) })),
    postings: postingsIn(log).map((posting, index) => ({ ...posting, findings: resultAt(found.postings, index) })),
  };
}

function resultAt(results: SearchResult['memories'], index: number): readonly Finding[] {
  const result = results[index];
  // Never "not found" where nobody looked.
  if (!result) throw new Error(`search ${index} has no result`);
  return result;
}

function looksIn(log: readonly LogEntry[]): readonly Omit<Look, 'findings'>[] {
  return inOrder(log).flatMap(({ unit, each }) => {
    if (each.is === 'unit') return [{ party: each.unit.party, unit, image: each.unit.image }];
    return each.is === 'look' ? [{ party: each.party, unit, image: each.image }] : [];
  });
}

function postingsIn(log: readonly LogEntry[]): readonly Omit<Posting, 'findings'>[] {
  return inOrder(log).flatMap(({ unit, each }) =>
    each.is === 'posting' ? [{ party: each.party, unit, call: each.call, bytes: each.bytes }] : [],
  );
}

/** The whole log, with the index of the last unit that had run. */
function inOrder(log: readonly LogEntry[]): readonly { readonly unit: number; readonly each: LogEntry }[] {
  let unit = -1;
  return log.map((each) => {
    if (each.is === 'unit') unit += 1;
    return { unit, each };
  });
}

/** What a memory or a posting holds of all that is looked for. */
function findingsOf(matches: readonly Match[]): readonly Finding[] {
  const names = [...new Set(matches.map((match) => match.needle.value.name))];
  return names.map((name) =>
    findingOf(
      name,
      matches.filter((match) => match.needle.value.name === name),
    ),
  );
}

function findingOf(name: ValueName, matches: readonly Match[]): Finding {
  const copies = new Map<string, Copy>();
  for (const { needle, at } of matches) {
    if (!isWhole(needle)) continue;
    const key = `${needle.part}@${at}`;
    // A value that reads the same in both directions is one copy, not two.
    if (copies.has(key)) continue;
    copies.set(key, { part: needle.part, at, length: needle.bytes.length, reversed: needle.form === 'reversed' });
  }
  const wholes = [...copies.values()].toSorted((a, b) => a.at - b.at);
  const pieces = matches
    .filter(({ needle, at }) => !isWhole(needle) && !wholes.some((copy) => covers(copy, at, needle.bytes.length)))
    .map(({ needle, at }) => ({ part: needle.part, at, length: needle.bytes.length }));
  return { name, copies: wholes, pieces };
}

function isWhole({ form }: Needle): boolean {
  return form === 'whole' || form === 'reversed';
}

function covers(copy: Copy | Piece, at: number, length: number): boolean {
  return copy.at <= at && at + length <= copy.at + copy.length;
}

/** Several values of one name may have parts in common. */
function distinct(needles: readonly Needle[]): readonly Needle[] {
  const byKey = new Map(
    needles.map((needle) => [`${needle.value.name} ${needle.part} ${needle.form} ${needle.bytes.join()}`, needle]),
  );
  return [...byKey.values()];
}
