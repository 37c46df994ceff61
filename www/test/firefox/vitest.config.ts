import { defineConfig } from 'vitest/config';

/** Apart from the other tests: it needs the built page and a browser. */
export default defineConfig({
  test: {
    dir: import.meta.dirname,
    include: ['*.e2e.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
