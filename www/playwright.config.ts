import { defineConfig } from '@playwright/test';
import { CHROMIUM } from './test/chromium';

/** Another port lets two checkouts be tried at once. */
const port = Number(process.env.TLS_GLASS_E2E_PORT ?? 4175);

export default defineConfig({
  testDir: '../tests/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: [['list']],
  timeout: 120_000,
  // A browser on a busy machine may stall for once. A test that fails and then passes is listed as flaky, for somebody to look
  // into; one that fails twice fails the run.
  retries: 1,
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1280, height: 800 },
    // Everything must work without motion; the tests of motion ask for it.
    contextOptions: { reducedMotion: 'reduce' },
    // Pictures of every moment would cost more than the tests; one is taken where a test fails.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true, sources: true },
    screenshot: 'only-on-failure',
    launchOptions: CHROMIUM,
  },
  webServer: {
    // Whichever configuration this one is a part of.
    cwd: import.meta.dirname,
    command: `npx vite preview --host localhost --strictPort --port ${port} --outDir ${process.env.SITE || 'dist'}`,
    url: `http://localhost:${port}/index.html`,
    reuseExistingServer: false,
  },
});
