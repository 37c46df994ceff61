/** What a page that is sent a link to this one gets to show. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PICTURE, previewTags } from '../build/link-preview.ts';

const contentOf = (tags: ReturnType<typeof previewTags>, property: string) =>
  tags.find(({ attrs }) => attrs?.property === property)?.attrs?.content;

it('has the picture beside the page, wherever that is', () => {
  const tags = previewTags('https://example.org/tls/');
  expect(contentOf(tags, 'og:image')).toBe('https://example.org/tls/preview.png');
  expect(contentOf(tags, 'og:url')).toBe('https://example.org/tls/');
});

it('is left out where nobody said where the page will be', () => {
  expect(previewTags(undefined)).toEqual([]);
  expect(previewTags('')).toEqual([]);
});

it.each(['example.org/', 'https://example.org/tls', 'ftp://example.org/', './'])('refuses %s', (address) => {
  expect(() => previewTags(address)).toThrow('TLS_GLASS_ADDRESS');
});

it('is a picture of the size that it says', () => {
  const picture = readFileSync(new URL(`../public/${PICTURE.name}`, import.meta.url));
  // The first chunk of a PNG holds its width and height.
  expect(picture.toString('latin1', 12, 16)).toBe('IHDR');
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([PICTURE.width, PICTURE.height]);
});
