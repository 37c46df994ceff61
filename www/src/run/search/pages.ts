/**
 * Passes over images of memories that share pages, with each other and over time: each page is gone over once, for all images that
 * it is in. Pure but for what it keeps, which follows from pages that never change.
 */

import { type MemoryImage, PAGE_SIZE } from '../memory';
import type { Needle } from './needles';
import { type Match, type Prepared, STRIDE } from './scan';

/** A place on a page where a needle may be: as much of it as lies on this page is there. */
interface Candidate {
  readonly needle: Needle;
  /** Where it begins, from the page's first byte on; negative, if that is on a page before. */
  readonly from: number;
  /** No other page has a part of it. */
  readonly whole: boolean;
}

const EMPTY = new Uint8Array(PAGE_SIZE);

export class PageSearch {
  readonly #prepared: Prepared;
  readonly #known = new Map<Uint8Array, readonly Candidate[]>();

  constructor(prepared: Prepared) {
    this.#prepared = prepared;
  }

  /** All places of this memory where any of the needles is, in the order of the pairs that told of them. */
  search(image: MemoryImage): readonly Match[] {
    const matches: Match[] = [];
    image.pages.forEach((page = EMPTY, number) => {
      for (const { needle, from, whole } of this.#candidatesOn(page)) {
        const at = number * PAGE_SIZE + from;
        if (whole || isWhole(image, at, needle.bytes)) matches.push({ needle, at });
      }
    });
    return matches;
  }

  #candidatesOn(page: Uint8Array): readonly Candidate[] {
    const known = this.#known.get(page);
    if (known) return known;
    const found = candidatesOn(page, this.#prepared);
    this.#known.set(page, found);
    return found;
  }
}

function candidatesOn(page: Uint8Array, { worth, byPair }: Prepared): readonly Candidate[] {
  const found: Candidate[] = [];
  for (let at = 0; at + 1 < page.length; at += STRIDE) {
    const pair = (page[at] as number) | ((page[at + 1] as number) << 8);
    if (worth[pair] === 0) continue;
    for (const { needle, anchor } of byPair.get(pair) ?? []) {
      const from = at - anchor;
      if (!isOnPage(page, from, needle.bytes)) continue;
      found.push({ needle, from, whole: from >= 0 && from + needle.bytes.length <= page.length });
    }
  }
  return found;
}

/** Whether as much of the needle as lies on this page is there. */
function isOnPage(page: Uint8Array, from: number, needle: Uint8Array): boolean {
  const end = Math.min(needle.length, page.length - from);
  for (let i = Math.max(0, -from); i < end; i++) {
    if (page[from + i] !== needle[i]) return false;
  }
  return true;
}

/** Whether a needle stands in this memory, over as many pages as it has. */
function isWhole({ pages, size }: MemoryImage, at: number, needle: Uint8Array): boolean {
  if (at < 0 || at + needle.length > size) return false;
  for (let number = Math.floor(at / PAGE_SIZE); number * PAGE_SIZE < at + needle.length; number++) {
    if (!isOnPage(pages[number] ?? EMPTY, at - number * PAGE_SIZE, needle)) return false;
  }
  return true;
}
