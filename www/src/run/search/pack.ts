/**
 * Many images of memories as few plain arrays, to be handed from one thread to another. Pure functions.
 *
 * Images share most of their pages, with each other and over time. Each page travels once.
 */

import { type MemoryImage, PAGE_SIZE } from '../memory';

export interface PackedImages {
  /** All different pages, one after the other. */
  readonly pages: Uint8Array<ArrayBuffer>;
  /** All different images. */
  readonly images: readonly PackedImage[];
  /** For each image that was packed its place among the different ones, from 0. */
  readonly order: readonly number[];
}

interface PackedImage extends Omit<MemoryImage, 'pages'> {
  /** For each page of the memory its place among the different pages, from 1; 0 for an empty one. */
  readonly places: Uint32Array<ArrayBuffer>;
}

export function pack(images: readonly MemoryImage[]): PackedImages {
  // Where a party did nothing, its memory is the same image as before.
  const different = new Map([...new Set(images)].map((image, place) => [image, place]));
  const places = new Map<Uint8Array, number>();
  const packed = [...different.keys()].map(({ pages, ...rest }) => ({ ...rest, places: placesOf(pages, places) }));
  const bytes = new Uint8Array(places.size * PAGE_SIZE);
  for (const [page, place] of places) bytes.set(page, (place - 1) * PAGE_SIZE);
  return { pages: bytes, images: packed, order: images.map((image) => different.get(image) ?? -1) };
}

function placesOf(pages: MemoryImage['pages'], known: Map<Uint8Array, number>): Uint32Array<ArrayBuffer> {
  const places = new Uint32Array(pages.length);
  pages.forEach((page, number) => {
    if (!page) return;
    const place = known.get(page) ?? known.size + 1;
    if (place > known.size) known.set(page, place);
    places[number] = place;
  });
  return places;
}

export function unpack({ pages, images, order }: PackedImages): readonly MemoryImage[] {
  const shared: Uint8Array[] = [];
  for (let at = 0; at < pages.length; at += PAGE_SIZE) shared.push(pages.subarray(at, at + PAGE_SIZE));
  const different = images.map(({ places, ...rest }) => ({
    ...rest,
    pages: Array.from(places, (place) => (place === 0 ? undefined : shared[place - 1])),
  }));
  return order.flatMap((place) => different[place] ?? []);
}

/** What can change hands instead of being copied. */
export function buffersOf({ pages, images }: PackedImages): ArrayBuffer[] {
  return [pages.buffer, ...images.map(({ places }) => places.buffer)];
}

/** Bytes of all different pages of these images: what it takes to keep them. */
export function bytesOf(images: readonly MemoryImage[]): number {
  return new Set(images.flatMap(({ pages }) => pages.filter((page) => page !== undefined))).size * PAGE_SIZE;
}
