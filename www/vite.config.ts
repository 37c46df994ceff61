import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { textFacePlugin } from './build/text-face.ts';

const page = (name: string): string => resolve(import.meta.dirname, name);

interface Modules {
  getModuleInfo(id: string): { readonly isEntry: boolean; readonly importers: readonly string[] } | null;
}

/** What is one page's own: the others must not run it. */
const isPage = (id: string): boolean => /\.html|\/src\/page(-embed|-address|-share-control)?\.ts$/.test(id);

/**
 * What goes into the one file that is there from the beginning: whatever a page's static imports lead to, since what a drawer shares
 * with it would be a file of its own else; and the little that parts share with each other only.
 */
function isAlwaysThere(id: string, modules: Modules): boolean {
  return !isPage(id) && (isInFirstView(id, modules) || id.includes('/src/element/shared/'));
}

/** Whether a page's static imports lead to a module. */
function isInFirstView(id: string, modules: Modules, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const info = modules.getModuleInfo(id);
  return info !== null && (info.isEntry || info.importers.some((from) => isInFirstView(from, modules, seen)));
}

/**
 * What a dynamic import is wrapped in. Vite's own loads style sheets before the module; here sheets are in the modules.
 */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
};

/**
 * The browser fetches at once what the page's first script will ask for: the scripts that it imports, the module, and the face
 * of titles and captions.
 */
const early: Plugin = {
  name: 'early',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle, chunk }) => {
      // Only a built page has its files' names.
      if (!bundle) return [];
      const built = (ending: string) => {
        const name = Object.keys(bundle).find((each) => each.endsWith(ending));
        if (!name) throw new Error(`the page is built without its ${ending}`);
        return `./${name}`;
      };
      const links = [
        ...(chunk?.imports ?? []).map((name) => ({ rel: 'modulepreload', href: `./${name}`, crossorigin: '' })),
        // As `fetch` asks for it: what is asked for otherwise is fetched twice.
        { rel: 'preload', href: built('.wasm'), as: 'fetch', type: 'application/wasm', crossorigin: '' },
        { rel: 'preload', href: built('.woff2'), as: 'font', type: 'font/woff2', crossorigin: '' },
      ];
      return links.map((attrs) => ({ tag: 'link', attrs, injectTo: 'head' }) as const);
    },
  },
};

export default defineConfig({
  plugins: [plainImports, textFacePlugin, early],
  // The site works from any folder of any server.
  base: './',
  build: {
    target: 'es2022',
    // The first that have light-dark(); without, every colour would be written twice.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: { index: page('index.html'), embed: page('embed.html') },
      output: {
        codeSplitting: {
          groups: [{ name: (id, modules) => (isAlwaysThere(id, modules) ? 'element' : null) }],
        },
      },
    },
  },
  worker: { format: 'es' },
  preview: { port: 4173 },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // These have modules of their own, which `cargo xtask test` builds.
    exclude: ['test/mutants/**'],
    environment: 'node',
    // Vitest takes one processor core less than there are; most of these tests wait for workers of their own.
    maxWorkers: '100%',
  },
});
