/** What a page shows of a link to this one. The picture's address must be absolute, so the build has to know where the page will be. */

import type { HtmlTagDescriptor, Plugin } from 'vite';
import { PICTURE_WORDS } from '../src/content/en/link-preview.ts';

/** The variable of the build that says it: the address of the folder that index.html will lie in. */
export const ADDRESS = 'TLS_GLASS_ADDRESS';

/** In `public`, taken of the built page by `cargo xtask screenshot`. */
export const PICTURE = { name: 'preview.png', width: 1200, height: 630 } as const;

/** Without an address there are no tags: a wrong one would be worse than none. */
export function previewTags(address: string | undefined): readonly HtmlTagDescriptor[] {
  if (!address) return [];
  const folder = URL.canParse(address) ? new URL(address) : undefined;
  if (!folder || !/^https?:$/.test(folder.protocol) || !folder.pathname.endsWith('/')) {
    throw new Error(`${ADDRESS} is "${address}": it must begin with http:// or https://, and end with a slash`);
  }
  const properties = {
    'og:url': folder.href,
    'og:image': new URL(PICTURE.name, folder).href,
    'og:image:width': String(PICTURE.width),
    'og:image:height': String(PICTURE.height),
    'og:image:alt': PICTURE_WORDS,
    'twitter:card': 'summary_large_image',
  };
  return Object.entries(properties).map(([property, content]) => ({
    tag: 'meta',
    attrs: property.startsWith('og:') ? { property, content } : { name: property, content },
    injectTo: 'head',
  }));
}

export const linkPreview: Plugin = {
  name: 'link-preview',
  transformIndexHtml: (_, { filename }) =>
    // The embedded page asks not to be found.
    filename.endsWith('index.html') ? [...previewTags(process.env[ADDRESS])] : [],
};
