// Share: the link to what is on display, by clipboard or by hand, and the link to the same bytes.

import type { BrowserContext, Page } from '@playwright/test';
import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { holdsUp } from './audit';
import { expect, Glass, test } from './glass';

const share = (page: Page) => page.getByRole('button', { name: 'Share', exact: true });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Share this place' });

async function allowClipboard(context: BrowserContext): Promise<void> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
}

const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** Every byte that crossed the wire. */
function wireOf(glass: Glass): Promise<string[]> {
  return glass.element.evaluate((element: TlsGlassElement) =>
    (element.run?.records ?? []).map(({ bytes }) => [...bytes].join(' ')),
  );
}

test('copies the link to the step on display, by keyboard, and says so', async ({ glass, page, context, baseURL }) => {
  await allowClipboard(context);
  await glass.ready('index.html?utm_source=x&handshake=ecdhe&step=agree#top');
  expect((await share(page).boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await share(page).focus();
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('status')).toHaveText('The link is copied.');
  expect(await clipboard(page)).toBe(`${baseURL}index.html?handshake=ecdhe&step=agree`);
  await expect(dialog(page).getByRole('textbox')).toHaveValue(await clipboard(page));
  // The keys that go through the steps do not, in here.
  await dialog(page).getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(share(page)).toBeFocused();
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'agree');
});

test('copies a link with a seed: the page shows that run, and whoever opens it sees the same bytes', async ({
  glass,
  page,
  context,
}) => {
  await allowClipboard(context);
  await glass.ready('index.html?step=decrypt');
  const before = await wireOf(glass);
  await share(page).click();
  const seedButton = dialog(page).locator('#share-seed');
  await expect(seedButton).toHaveText('Copy a link with a seed');
  await seedButton.focus();
  await glass.until('tls-glass-run', () => page.keyboard.press('Enter'));
  await expect(dialog(page).getByRole('status')).toHaveText('The link is copied.');
  const link = await clipboard(page);
  expect(link).toMatch(/\?step=decrypt&seed=[0-9a-f]{64}$/);
  await expect(dialog(page)).toContainText('The link has the seed of this run');
  await expect(seedButton).toBeFocused();
  await expect.poll(() => page.url()).toBe(link);
  const shown = await wireOf(glass);
  expect(shown).not.toEqual(before);

  const other = new Glass(await context.newPage());
  await other.ready(link);
  await expect(other.page.locator('.step.now')).toHaveAttribute('data-step', 'decrypt');
  expect(await wireOf(other)).toEqual(shown);

  await seedButton.click();
  await expect(dialog(page).getByRole('status')).toHaveText('The seed is copied.');
  expect(link).toContain(`seed=${await clipboard(page)}`);
});

test('where the clipboard is refused the link is selected, to be copied by hand', async ({ glass, page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
  });
  await glass.ready('index.html?handshake=dhe');
  await share(page).click();
  await expect(dialog(page).getByRole('status')).toContainText('copy it by hand');
  const input = dialog(page).getByRole('textbox');
  await expect(input).toBeFocused();
  expect(
    await input.evaluate((it: HTMLInputElement) => it.value.slice(it.selectionStart ?? 0, it.selectionEnd ?? 0)),
  ).toMatch(/index\.html\?handshake=dhe$/);
  await glass.until('tls-glass-run', () => dialog(page).locator('#share-seed').click());
  await expect(dialog(page).getByRole('status')).toContainText('copy it by hand');
  await expect(input).toBeFocused();
  expect(
    await input.evaluate((it: HTMLInputElement) => it.value.slice(it.selectionStart ?? 0, it.selectionEnd ?? 0)),
  ).toMatch(/index\.html\?handshake=dhe&seed=[0-9a-f]{64}$/);
});

test('its code and words come with the first click, and where they do not, the page says so and tries again', async ({
  glass,
  page,
}) => {
  glass.expected = /Failed to load resource/;
  const scripts: string[] = [];
  page.on('request', (request) => {
    const [, name] = /\/assets\/([\w.-]+)-[\w-]{8}\.js/.exec(request.url()) ?? [];
    if (name) scripts.push(name);
  });
  await page.route(/\/assets\/page-share-[\w-]{8}\.js/, (route) => route.abort());
  await glass.ready('index.html');
  await page.waitForLoadState('networkidle');
  scripts.length = 0;
  await share(page).click();
  await expect(page.locator('.share-failed')).toHaveRole('alert');
  await expect(page.locator('.share-failed')).toContainText('could not be loaded');
  expect(await glass.sidewaysScroll()).toBeLessThanOrEqual(0);
  await page.unroute(/\/assets\/page-share-[\w-]{8}\.js/);
  await share(page).click();
  await expect(dialog(page)).toBeVisible();
  await expect(page.locator('.share-failed')).toHaveCount(0);
  expect([...new Set(scripts)].sort()).toEqual(['page-share', 'share']);
});

test('no violation of accessibility rules, no sideways scroll: Share', async ({ glass, page, context }) => {
  await allowClipboard(context);
  await glass.ready('index.html?step=read');
  await share(page).click();
  await expect(dialog(page).getByRole('status')).toHaveText('The link is copied.');
  await holdsUp(glass);
  for (const button of await dialog(page).getByRole('button').all()) {
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
});

for (const width of [320, 375, 768]) {
  test(`the header has room for Share and the theme, ${width} px`, async ({ glass, page }) => {
    await page.setViewportSize({ width, height: 640 });
    await glass.ready('index.html');
    expect(await glass.sidewaysScroll()).toBeLessThanOrEqual(0);
    const [top, button, theme] = await Promise.all(
      ['.top', '#share button', '#theme select'].map((selector) => page.locator(selector).boundingBox()),
    );
    expect(top?.height).toBeLessThanOrEqual(56);
    expect((button?.x ?? 0) + (button?.width ?? 0)).toBeLessThanOrEqual(theme?.x ?? 0);
    expect((theme?.x ?? 0) + (theme?.width ?? 0)).toBeLessThanOrEqual(width);
  });
}

test('no request goes to another site, whatever is opened, and the page says so', async ({ glass, page, baseURL }) => {
  const sites = new Set<string>();
  page.on('request', (request) => sites.add(new URL(request.url()).origin));
  await glass.ready('index.html');
  await expect(page.locator('header')).toContainText('no request goes to another site');
  await expect(page.locator('#local')).toBeVisible();
  // More comes after the first answer.
  await page.locator('[data-choice=server_public_key]').click();
  await page.locator('#more').click();
  await glass.until('tls-glass-run', () => page.locator('select[name=clientcert]').selectOption('shown'));
  await page.locator('#more').click();
  await share(page).click();
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press('Escape');
  const steps = await glass.stepIds();
  for (const id of steps) expect(await glass.goOn(id)).toBe(id);
  await glass.press('ArrowLeft');
  for (const name of ['bytes', 'keys', 'memory', 'claim']) {
    await page.locator(`.drawers [data-drawer=${name}]`).click();
    await expect(page.locator(`tls-glass-${name} .drawer`)).toBeVisible();
    await page.keyboard.press('Escape');
  }
  expect([...sites]).toEqual([new URL(baseURL ?? '').origin]);
});
