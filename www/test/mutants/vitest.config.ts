/** Tests on modules that break a rule of the glass; `cargo xtask test --only mutants` builds them and runs these. */

import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  test: { include: ['test/mutants/**/*.test.ts'], environment: 'node' },
});
