import { defineConfig } from 'vitest/config';

/** Apart from the tests: it measures, and asserts nothing about time. */
export default defineConfig({
  test: {
    dir: import.meta.dirname,
    include: ['*.bench.ts'],
    environment: 'node',
    testTimeout: 1_200_000,
    // Two measurements at once would measure each other.
    fileParallelism: false,
  },
});
