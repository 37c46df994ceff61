import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { linkPreview } from './build/link-preview.ts';
import { textFacePlugin } from './build/text-face.ts';

const page = (name: string): string => resolve(import.meta.dirname, name);

interface Modules {
  getModuleInfo(id: string): { readonly isEntry: boolean; readonly importers: readonly string[] } | null;
}

/** What is one page's own: the others must not run it. */
const isPage = (id: string): boolean => /\.html|\/src\/page(-embed|-start|-address|-share-control)?\.ts$/.test(id);

const isStart = (id: string): boolean => id.endsWith('/src/page-start.ts');

/**
 * What goes into the one file that is there from the beginning: whatever a page's static imports lead to, since what a drawer shares
 * with it would be a file of its own else; and the little that parts share with each other only.
 */
function isAlwaysThere(id: string, modules: Modules): boolean {
  return (
    !isPage(id) && (isInFirstView(id, modules) || /\/src\/(element\/shared\/|run\/(?:origin|suites)\.ts$)/.test(id))
  );
}

/** Whether a page's static imports lead to a module. */
function isInFirstView(id: string, modules: Modules): boolean {
  return isReached(id, modules, (from) => modules.getModuleInfo(from)?.isEntry === true);
}

/** Whether the static imports of a page's first script lead to a module: nothing else is read before it runs. */
function isInStart(id: string, modules: Modules): boolean {
  return !isStart(id) && isReached(id, modules, isStart);
}

/** Whether static imports lead to a module from one of those. */
function isReached(id: string, modules: Modules, from: (id: string) => boolean, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  if (from(id)) return true;
  const importers = modules.getModuleInfo(id)?.importers ?? [];
  return importers.some((importer) => isReached(importer, modules, from, seen));
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
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const start = chunks.find(({ facadeModuleId }) => facadeModuleId && isStart(facadeModuleId));
      if (!start) throw new Error('the page is built without its first script');
      const links = [
        ...[...new Set([...start.imports, ...(chunk?.imports ?? [])])].map((name) => ({
          rel: 'modulepreload',
          href: `./${name}`,
          crossorigin: '',
        })),
        // As `fetch` asks for it: what is asked for otherwise is fetched twice.
        { rel: 'preload', href: built('.wasm'), as: 'fetch', type: 'application/wasm', crossorigin: '' },
        { rel: 'preload', href: built('.woff2'), as: 'font', type: 'font/woff2', crossorigin: '' },
      ];
      const first = { type: 'module', async: true, crossorigin: '', src: `./${start.fileName}` };
      return [
        { tag: 'script', attrs: first, injectTo: 'head' },
        ...links.map((attrs) => ({ tag: 'link', attrs, injectTo: 'head' }) as const),
      ];
    },
  },
};

export default defineConfig({
  plugins: [plainImports, textFacePlugin, early, linkPreview],
  // The site works from any folder of any server.
  base: './',
  build: {
    target: 'es2022',
    // The first that have light-dark(); without, every colour would be written twice.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: { index: page('index.html'), embed: page('embed.html'), 'page-start': page('src/page-start.ts') },
      output: {
        codeSplitting: {
          groups: [
            // A group takes what its modules import with it, unless one that goes before has it.
            { name: (id, modules) => (isInStart(id, modules) ? 'start' : null), priority: 1 },
            { name: (id, modules) => (isAlwaysThere(id, modules) ? 'element' : null) },
          ],
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
