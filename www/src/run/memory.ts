/**
 * A party's linear memory at one moment, as the page keeps it: sparse, and shared between moments. Pure functions.
 *
 * Most of a memory does not change from one unit of work to the next. A worker hands out the pages that did, and the
 * page keeps the others as they were, the same objects.
 */

/** Bytes that are kept, compared and shared together. */
export const PAGE_SIZE = 1024;

/** What a worker hands out after a unit: the pages that changed since it last did. */
export interface Snapshot {
  /** Of the whole memory, in bytes; a multiple of {@link PAGE_SIZE}. */
  readonly size: number;
  /** Where the stack ends. It begins at address 0, and is overwritten after every call. */
  readonly stackTop: number;
  /** Where static data ends and the heap begins. */
  readonly heapBase: number;
  /** The numbers of the changed pages, in ascending order. */
  readonly changed: Uint32Array;
  /** Their bytes, one page after the other. */
  readonly bytes: Uint8Array;
}

/** A party's memory at one moment. */
export interface MemoryImage {
  readonly size: number;
  readonly stackTop: number;
  readonly heapBase: number;
  /** All pages, in order. Pages of zeros are `undefined`; those that did not change are the same objects as before. */
  readonly pages: readonly (Uint8Array | undefined)[];
}

/** Consecutive bytes of a memory, and the address of the first. */
export interface Extent {
  readonly base: number;
  readonly bytes: Uint8Array;
}

/** The memory after a snapshot; `before` is what earlier snapshots of the same memory made. */
export function withSnapshot(before: MemoryImage | undefined, snapshot: Snapshot): MemoryImage {
  const { size, stackTop, heapBase, changed, bytes } = snapshot;
  if (before?.size === size && changed.length === 0) return before;
  const pages = before ? before.pages.slice() : [];
  // A memory grows by pages of zeros, and never shrinks.
  while (pages.length < size / PAGE_SIZE) pages.push(undefined);
  changed.forEach((page, index) => {
    // A copy of its own: a page that stays must not keep all that came with it.
    const content = bytes.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE);
    pages[page] = content.some((byte) => byte !== 0) ? content : undefined;
  });
  return { size, stackTop, heapBase, pages };
}

/** The bytes from `start` up to `end`. Behind the end of the memory there are none. */
export function bytesAt(image: MemoryImage, start: number, end: number): Uint8Array {
  const first = Math.max(0, start);
  const last = Math.min(end, image.size);
  const result = new Uint8Array(Math.max(0, last - first));
  for (let number = Math.floor(first / PAGE_SIZE); number * PAGE_SIZE < last; number++) {
    const page = image.pages[number];
    if (!page) continue;
    const base = number * PAGE_SIZE;
    const from = Math.max(first, base);
    const until = Math.min(last, base + PAGE_SIZE);
    result.set(page.subarray(from - base, until - base), from - first);
  }
  return result;
}

/** The whole of it, byte for byte. */
export function wholeMemory(image: MemoryImage): Uint8Array {
  return bytesAt(image, 0, image.size);
}

/** How much of it is not empty, in whole pages. */
export function bytesInUse(image: MemoryImage): number {
  return image.pages.reduce((sum, page) => sum + (page ? PAGE_SIZE : 0), 0);
}

/**
 * All that is not empty, in runs of pages, each with `margin` bytes around it.
 *
 * What is looked for may begin or end with zeros, or have some in it, and these may lie on pages that are empty. With a
 * margin as long as what is looked for, it lies within one extent wherever it is, unless it is all zeros.
 */
export function extents(image: MemoryImage, margin = PAGE_SIZE): readonly Extent[] {
  const pagesAround = Math.ceil(margin / PAGE_SIZE);
  const found: Extent[] = [];
  let start = 0;
  let end = 0;
  const close = (): void => {
    if (end > start) found.push({ base: start * PAGE_SIZE, bytes: bytesAt(image, start * PAGE_SIZE, end * PAGE_SIZE) });
  };
  image.pages.forEach((page, number) => {
    if (!page) return;
    if (number - pagesAround > end) {
      close();
      start = Math.max(0, number - pagesAround);
    }
    end = Math.min(image.pages.length, number + 1 + pagesAround);
  });
  close();
  return found;
}
