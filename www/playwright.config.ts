import { defineConfig } from '@playwright/test';

const port = 4175;

// The flags keep Chromium from asking anything of the network, and let it run as root in a container.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: '../tests/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: [['list']],
  timeout: 60_000,
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1280, height: 800 },
    // Everything must work without motion; the tests of motion ask for it.
    contextOptions: { reducedMotion: 'reduce' },
    // Pictures of every moment would cost more than the tests; one is taken where a test fails.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true, sources: true },
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args },
  },
  webServer: {
    // Whichever configuration this one is a part of.
    cwd: import.meta.dirname,
    command: `npx vite preview --host localhost --strictPort --port ${port} --outDir ${process.env.SITE || 'dist'}`,
    url: `http://localhost:${port}/index.html`,
    reuseExistingServer: false,
  },
});
