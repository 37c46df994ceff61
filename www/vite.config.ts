import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const page = (name: string): string => resolve(import.meta.dirname, name);

export default defineConfig({
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
