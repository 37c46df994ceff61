import type { Page } from '@playwright/test';
import { holdsUp } from './audit';
import { expect, test } from './glass';

/** The module does not come until it is let through. */
async function holdModule(page: Page): Promise<() => void> {
  let release: () => void = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  await page.route('**/*.wasm', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Where parts of the page are: from top to bottom, and how high. */
async function placesOf(page: Page, selectors: readonly string[]): Promise<Record<string, number[]>> {
  const places: Record<string, number[]> = {};
  for (const selector of selectors) {
    const box = await page.locator(selector).boundingBox();
    places[selector] = [box?.y ?? Number.NaN, box?.height ?? Number.NaN].map(Math.round);
  }
  return places;
}

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  test(`a link to a step shows the stage before the run is there, and it stays in its place, ${width} px`, async ({
    glass,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    const release = await holdModule(page);
    await glass.open('index.html?step=7');
    await expect(page.locator('.step.now')).toHaveText(/The server decrypts the secret/);
    await expect(page.locator('.panel h2')).toHaveText('The server decrypts the secret');
    await expect(page.locator('.party')).toHaveCount(width < 560 ? 2 : 3);
    // What nobody found yet is nowhere.
    await expect(page.locator('.key, [data-found]')).toHaveCount(0);
    const parts = ['.bar', '.transport', ...(width < 560 ? [] : ['.stage', '.panel'])];
    const before = await placesOf(page, parts);
    expect(Object.values(before).flat()).not.toContain(Number.NaN);
    release();
    await glass.heard('tls-glass-ready');
    await expect(page.locator('.key').first()).toBeVisible();
    expect(await placesOf(page, parts)).toEqual(before);
  });
}

for (const [width, height] of [
  [1280, 800],
  [768, 1024],
  [640, 480],
  [375, 667],
  [320, 568],
] as const) {
  test(`the opening has its question, its figure and its keys before the run is there, in their places, ${width} px`, async ({
    glass,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    const release = await holdModule(page);
    await glass.open();
    await expect(page.locator('.figure .memory')).toHaveCount(2);
    await expect(page.locator('.figure li')).toHaveCount(0);
    await expect(page.locator('.choice')).toHaveCount(3);
    await expect(page.locator('.choice').first()).toBeDisabled();
    const parts = ['.ask h1', '.figure', '.reply', '.choices', '.segments', '.primary', '.strip'];
    const before = await placesOf(page, parts);
    release();
    await glass.heard('tls-glass-ready');
    await expect(page.locator('.choice').first()).toBeEnabled();
    const after = await placesOf(page, parts);
    for (const part of parts) {
      const moved = (before[part] ?? []).map((place, index) => Math.abs(place - (after[part]?.[index] ?? Number.NaN)));
      expect(Math.max(...moved), `how far ${part} moved`).toBeLessThanOrEqual(4);
    }
  });
}

test('that a run is on its way is announced once, whatever is being done for it', async ({ glass, page }) => {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { announced: heard });
    const look = (): void => {
      const root = document.querySelector('tls-glass')?.shadowRoot;
      const said = root?.querySelector('[role=status]')?.textContent?.trim() ?? '';
      if (said !== '' && said !== heard.at(-1)) heard.push(said);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await glass.ready('index.html?step=3');
  expect(await page.evaluate(() => Reflect.get(window, 'announced'))).toEqual(['A connection is being made.']);
});

test('another handshake can be chosen while the first run is on its way', async ({ glass, page }) => {
  const release = await holdModule(page);
  await glass.open('index.html?handshake=ecdhe&step=16');
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'close');
  await page.locator('[data-handshake=rsa]').click();
  await expect(page.locator('[data-handshake=rsa]')).toHaveAttribute('aria-pressed', 'true');
  // RSA has no sixteenth step: it begins at the beginning.
  await expect(page.locator('.opening')).toBeVisible();
  release();
  await glass.heard('tls-glass-ready');
  await expect(page.locator('[data-handshake=rsa]')).toHaveAttribute('aria-pressed', 'true');
});

for (const address of ['index.html', 'index.html?step=7']) {
  test(`what stands in the place of a run holds up in every look, ${address}`, async ({ glass, page }) => {
    const release = await holdModule(page);
    await glass.open(address);
    await expect(page.locator('.party, .memory').first()).toBeVisible();
    await holdsUp(glass);
    release();
  });
}
