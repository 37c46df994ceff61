import { fileURLToPath } from 'node:url';
import { test } from '@playwright/test';

const picture = fileURLToPath(new URL('../../../docs/screenshot.png', import.meta.url));

// A seeded run, so that the picture changes only when the page does.
test('the README shows the step in which the server decrypts the secret', async ({ page }) => {
  await page.goto('');
  await page.locator('tls-glass').evaluate(
    (element, seed) =>
      new Promise((resolve) => {
        element.addEventListener('tls-glass-step', (event) => {
          if ((event as CustomEvent<{ id: string }>).detail.id === 'decrypt') resolve(undefined);
        });
        element.setAttribute('seed', seed);
        element.setAttribute('step', 'decrypt');
      }),
    '01'.repeat(32),
  );
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await page.screenshot({ path: picture });
});
