import { expect, test } from './glass';

test('without WebAssembly the page says what is missing, and explains without it', async ({ glass, page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'WebAssembly');
  });
  await glass.open();
  await glass.heard('tls-glass-error');
  await expect(page.getByRole('alert')).toContainText('does not have WebAssembly');
  await expect(page.locator('.fallback')).toBeVisible();
});

test('without workers the page says so', async ({ glass, page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'Worker');
  });
  await glass.open();
  await glass.heard('tls-glass-error');
  await expect(page.getByRole('alert')).toContainText('Web Workers');
});

test('if the module does not load the page says so, and tries again when asked', async ({ glass, page }) => {
  glass.expected = /Failed to load resource|404/;
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: 'not here' }));
  await glass.open();
  await glass.heard('tls-glass-error');
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
  await page.unroute('**/*.wasm');
  await glass.until('tls-glass-ready', () => page.getByRole('button', { name: 'Try again' }).click());
  await expect(page.getByRole('button', { name: 'Watch the connection' })).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the page explains in words', async ({ page }) => {
    await page.goto('index.html');
    await expect(page.locator('.fallback')).toContainText('one shared secret');
    // Whether <noscript> shows is the browser's affair; that it is there is the page's.
    const source = await (await page.request.get('index.html')).text();
    expect(source).toMatch(/<noscript>.*needs JavaScript/s);
  });
});

test('while the server makes its key the page says so and stays usable', async ({ glass, page }) => {
  await glass.ready('index.html');
  // More comes after the first answer.
  await page.locator('[data-choice=server_public_key]').click();
  await page.locator('#more').click();
  const before = await page.evaluate(() => window.heard.length);
  // A key can be there within a few frames: what is looked for now and then might be missed.
  const said = page.evaluate(
    () =>
      new Promise<void>((seen) => {
        const root = document.querySelector('tls-glass')?.shadowRoot;
        if (!root) throw new Error('the element has drawn nothing');
        const look = (): void => {
          const notices = [...root.querySelectorAll('[role=status]')];
          if (
            !notices.some((notice) => notice.checkVisibility() && notice.textContent?.includes('making its key pair'))
          )
            return;
          observer.disconnect();
          seen();
        };
        const observer = new MutationObserver(look);
        observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
      }),
  );
  await page.locator('#new-key').click();
  await said;
  // Keys that are pressed in More are More's own.
  await page.keyboard.press('Escape');
  await glass.press('ArrowRight');
  await glass.heard('tls-glass-run', before);
  await expect(page.getByRole('status').filter({ hasText: 'making its key pair' })).toHaveCount(0);
});
