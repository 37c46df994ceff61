/**
 * The face that titles and captions are set in, cut down to what they need: docs/decisions/text-face.md. The whole font comes with
 * the npm packages, the page fetches the part of it that is made here.
 */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';

const packages = resolve(import.meta.dirname, '../node_modules');
const FONT = resolve(packages, '@fontsource-variable/source-serif-4');
const WHOLE = resolve(FONT, 'files/source-serif-4-latin-opsz-normal.woff2');
const SUBSET = resolve(packages, '.cache/text-face/source-serif-4.woff2');

/** Letters, digits, and the marks that stand in sentences, in amounts and in names. */
const ASCII = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i)).join('');
export const CHARACTERS = `${ASCII.replace(/[\\^`{|}~<>]/g, '')}\u00a0×‘’“”–…`;

/** Weights from text to title, all drawn as for a size between those of captions and titles. */
const AXES = { wght: { min: 400, max: 600 }, opsz: 28 };

/** Names of styles for menus, and how kerning changes with the weight: without, titles are kerned as captions are. */
const DROPPED = ['STAT', 'MVAR', 'GDEF'];

export async function textFace(): Promise<Buffer> {
  return subsetFont(await readFile(WHOLE), CHARACTERS, {
    targetFormat: 'woff2',
    variationAxes: AXES,
    dropTables: DROPPED,
    noLayoutClosure: true,
  });
}

/** Style sheets find the face as `text-face.woff2`; its licence lies beside it. */
export const textFacePlugin: Plugin = {
  name: 'text-face',
  config: () => ({ resolve: { alias: { 'text-face.woff2': SUBSET } } }),
  async buildStart() {
    await mkdir(dirname(SUBSET), { recursive: true });
    await writeFile(SUBSET, await textFace());
  },
  async generateBundle() {
    const source = await readFile(resolve(FONT, 'LICENSE'));
    this.emitFile({ type: 'asset', fileName: 'assets/source-serif-4-LICENSE.txt', source });
  },
};
