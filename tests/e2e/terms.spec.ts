// The page's own search: a term that a reader knows leads to ours, and to the step that shows it.

import { areLargeEnough, holdsUp } from './audit';
import { expect, test } from './glass';

test('the slash opens it, a term is explained and leads to its step in this run', async ({ glass, page }) => {
  await glass.ready('embed.html?step=server-hello');
  await page.keyboard.press('/');
  const drawer = page.locator('tls-glass-terms');
  await expect(drawer.locator('#term')).toBeFocused();
  await page.keyboard.type('session key');
  const first = drawer.locator('.entries li').first();
  await expect(first).toHaveAttribute('data-term', 'session key');
  await expect(first).toContainText('a data key for each direction');
  await expect(drawer.getByRole('status')).toContainText(/^\s*\d+ entr/);
  const { id } = await glass.until('tls-glass-step', () => first.getByRole('button').click());
  expect(id).toBe('data-keys');
  await expect(drawer).toHaveCount(0);
});

test("values are found by the RFC's names; a slash in a field is a slash; Escape leads back", async ({
  glass,
  page,
}) => {
  await glass.ready('embed.html?handshake=ecdhe&step=agree');
  const opener = page.locator('.find-term');
  await opener.click();
  const drawer = page.locator('tls-glass-terms');
  await page.keyboard.type('server_write_key');
  await expect(drawer.locator('.entries li').first()).toContainText('data key, server to client');
  await drawer.locator('#term').fill('');
  await page.keyboard.type('SSL/TLS');
  await expect(drawer.locator('#term')).toHaveValue('SSL/TLS');
  await expect(drawer.locator('.entries li').first()).toHaveAttribute('data-term', 'ssl');
  await drawer.locator('#term').fill('xyzzy');
  await expect(drawer.getByRole('status')).toContainText('No term is called so');
  await page.keyboard.press('Escape');
  await expect(drawer).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test('a term that this run does not show leads nowhere', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=rsa&step=secret');
  await page.keyboard.press('/');
  await expect(page.locator('tls-glass-terms #term')).toBeFocused();
  await page.keyboard.type('ephemeral');
  const first = page.locator('tls-glass-terms .entries li').first();
  await expect(first).toHaveAttribute('data-term', 'one-time key');
  await expect(first.getByRole('button')).toHaveCount(0);
});

test('it holds up at every size', async ({ glass, page }) => {
  test.slow();
  await glass.ready('embed.html?step=secret');
  await page.keyboard.press('/');
  await expect(page.locator('tls-glass-terms #term')).toBeFocused();
  await holdsUp(glass);
  await areLargeEnough(glass, 'tls-glass-terms :is(.button, input):visible');
});
