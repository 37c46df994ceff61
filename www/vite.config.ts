import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const page = (name: string): string => resolve(import.meta.dirname, name);

/** The browser fetches the module while it still fetches the scripts that will ask for it. */
const preloadModule: Plugin = {
  name: 'preload-module',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle }) => {
      // Only a built page has its files' names.
      if (!bundle) return [];
      const module = Object.keys(bundle).find((name) => name.endsWith('.wasm'));
      if (!module) throw new Error('the page is built without its module');
      // As `fetch` asks for it: what is asked for otherwise is fetched twice.
      const attrs = { rel: 'preload', href: `./${module}`, as: 'fetch', type: 'application/wasm', crossorigin: '' };
      return [{ tag: 'link', attrs, injectTo: 'head' }];
    },
  },
};

export default defineConfig({
  plugins: [preloadModule],
  // The site works from any folder of any server.
  base: './',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: page('index.html'), embed: page('embed.html') } },
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
