import { defineConfig } from 'vitest/config';

/** Apart from the other tests: it needs the built page and Chromium, and prints what it adds up. */
export default defineConfig({
  test: {
    dir: import.meta.dirname,
    include: ['*.e2e.ts'],
    environment: 'node',
    testTimeout: 60_000,
  },
});
