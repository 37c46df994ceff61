// A chip can be opened: what its value is for, who holds it, where it came from, and the way to it in the memories.

import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { holdsUp, inLooks, type Look } from './audit';
import { expect, type Glass, test } from './glass';

const chip = (glass: Glass, party: string, value: string) =>
  glass.page.locator(`.party.${party} .key[data-value=${value}]`);

test('a chip opens by keyboard, says what the searches found, and Escape gives the focus back', async ({
  glass,
  page,
}) => {
  await glass.ready('embed.html?step=decrypt');
  const own = chip(glass, 'server', 'pre_master_secret');
  const card = own.locator('.value-card');
  await expect(card).toBeHidden();
  await own.getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await expect(card).toBeVisible();
  await expect(card).toBeFocused();
  await expect(page.getByRole('dialog', { name: 'shared secret' })).toBeVisible();
  await expect(card.locator('h3 .rfc')).toHaveText('pre_master_secret');
  const holders = await glass.element.evaluate((element: TlsGlassElement) => {
    const { run } = element;
    const step = run?.steps.find(({ id }) => id === 'decrypt');
    const last = step?.units.at(-1) ?? -1;
    return ['authority', 'client', 'eavesdropper', 'server'].filter((party) =>
      run?.looks
        .findLast((look) => look.party === party && look.unit <= last)
        ?.findings.some(({ name }) => name === 'pre_master_secret'),
    );
  });
  expect(holders).toEqual(['client', 'server']);
  await expect(card.locator('.holders')).toContainText('the client and the server');
  await expect(card.locator('.origin')).toContainText('Made by the client');
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await expect(own.getByRole('button').first()).toBeFocused();
});

test('the card leads to the step that made the value, and closes there', async ({ glass, page }) => {
  await glass.ready('embed.html?step=decrypt');
  await chip(glass, 'client', 'pre_master_secret').getByRole('button').first().click();
  await glass.until('tls-glass-step', () => page.locator('.value-card:popover-open [data-go=secret]').click());
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'secret');
  await expect(page.locator('.value-card:popover-open')).toHaveCount(0);
});

test('"Find it in memory" searches for this value', async ({ glass, page }) => {
  await glass.ready('embed.html?step=data-keys');
  await chip(glass, 'client', 'master_secret').getByRole('button').first().click();
  await page.locator('.value-card:popover-open [data-find=master_secret]').click();
  await expect(page.locator('tls-glass-memory #what')).toHaveValue(/^master_secret\//);
  await expect(page.locator('.results')).toHaveAttribute('data-found', 'done');
  for (const [party, total] of Object.entries({ client: '1', server: '1', eavesdropper: '0', authority: '0' })) {
    await expect(page.locator(`.results li[data-party=${party}]`)).toHaveAttribute('data-total', total);
  }
});

test('a group opens with all of its values', async ({ glass, page }) => {
  await glass.ready('embed.html?step=read');
  await page.locator('.party.client .key[data-group=data]').getByRole('button').first().click();
  const card = page.locator('.value-card:popover-open');
  await expect(card.locator('[data-value=server_write_key]')).toContainText('Encrypts what the server sends');
  await expect(card.locator('[data-value=client_write_key]')).toContainText('Encrypts what the client sends');
  await expect(card.locator('[data-value=server_write_iv] .holders')).toContainText('too short to search for');
});

test('opening a chip pauses play', async ({ glass, page }) => {
  await glass.ready('embed.html?step=secret');
  await glass.until('tls-glass-play', () => page.locator('#play').click());
  const { playing } = await glass.until('tls-glass-play', () =>
    chip(glass, 'client', 'server_private_key').getByRole('button').first().click(),
  );
  expect(playing).toBe(false);
});

const SIZES: readonly Look[] = [
  [1280, 800],
  [640, 480],
  [375, 667],
  [320, 568],
].map(([width = 0, height = 0]) => ({
  name: `${width} × ${height}`,
  colorScheme: 'light',
  viewport: { width, height },
}));

test('the open card is in view at every size, and sound for who does not see it', async ({ glass, page }) => {
  await glass.ready('embed.html?step=decrypt');
  await inLooks(glass, SIZES, async ({ name, viewport }) => {
    await chip(glass, 'server', 'server_private_key').getByRole('button').first().click();
    const box = await page.locator('.value-card:popover-open').boundingBox();
    if (!box) throw new Error(`${name}: no card`);
    expect(box.x, name).toBeGreaterThanOrEqual(0);
    expect(box.y, name).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width, name).toBeLessThanOrEqual(viewport.width);
    expect(box.y + box.height, name).toBeLessThanOrEqual(viewport.height);
    await page.keyboard.press('Escape');
  });
  await chip(glass, 'server', 'server_private_key').getByRole('button').first().click();
  await holdsUp(glass, SIZES.slice(0, 1));
});
