// What client and server say to each other: a login and a balance, the reader's own, and a reply of several records.

import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { holdsUp } from './audit';
import { expect, type Glass, test } from './glass';

/** What the server's records of data hold, as the client decrypted them, and what the run was asked to say. */
function said(glass: Glass): Promise<{ sends: string; replies: string; records: number }> {
  return glass.element.evaluate((element: TlsGlassElement) => {
    const { run } = element;
    if (!run) throw new Error('no run');
    const records = run.records.filter(
      ({ from, contentType }) => from === 'server' && contentType === 'application_data',
    );
    return { sends: run.options.sends, replies: run.options.replies, records: records.length };
  });
}

test('the request carries a login, the reply a balance, and the page says that they are invented', async ({
  glass,
  page,
}) => {
  await glass.ready('embed.html?step=request');
  await page.locator('.drawers [data-drawer=bytes]').click();
  await page.locator('.layers button[data-kind=content]').click();
  await expect(page.locator('.ascii')).toContainText('user: alice@');
  await page.keyboard.press('Escape');
  await glass.press('ArrowRight');
  await glass.press('ArrowRight');
  await expect(page.locator('.http-body')).toContainText('Balance: 4,812.55 EUR');
  await expect(page.locator('.http-body')).toContainText('Account of Alice Example, invented');
});

test("a reader's own texts are sent, stay out of the address, and are in a link that is shared", async ({
  glass,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await glass.ready('index.html?step=request');
  await page.getByRole('button', { name: 'Write another request or reply' }).click();
  await page.getByRole('textbox', { name: 'The client sends' }).fill('user: bob\n');
  await page.getByRole('textbox', { name: 'The server replies' }).fill('Nothing left, Bob.');
  await glass.until('tls-glass-run', () => page.getByRole('button', { name: 'Send this' }).click());
  expect(await said(glass)).toMatchObject({ sends: 'user: bob\n', replies: 'Nothing left, Bob.' });
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'request');
  await page.keyboard.press('Escape');
  await glass.press('ArrowRight');
  await glass.press('ArrowRight');
  await expect(page.locator('.http-body')).toHaveText('Nothing left, Bob.');
  await expect.poll(() => page.url()).toMatch(/\?step=read$/);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText('The link is copied.');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(Object.fromEntries(new URL(link).searchParams)).toEqual({
    step: 'read',
    sends: 'user: bob\n',
    replies: 'Nothing left, Bob.',
  });
  // Whoever opens it has them, and keeps them as long as they are not changed.
  await glass.ready(link);
  await expect(page.locator('.http-body')).toHaveText('Nothing left, Bob.');
  await glass.press('ArrowLeft');
  await expect.poll(() => new URL(page.url()).searchParams.get('replies')).toBe('Nothing left, Bob.');
  await page.locator('#more').click();
  await glass.until('tls-glass-run', () => page.getByRole('button', { name: "The page's own texts" }).click());
  expect((await said(glass)).replies).toContain('invented');
  await expect.poll(() => new URL(page.url()).search).toBe('?step=reply');
});

test('what cannot be sent is said while it is written, and is not sent', async ({ glass, page }) => {
  await glass.ready('embed.html?step=reply');
  const before = await said(glass);
  await page.locator('#write').click();
  const area = page.getByRole('textbox', { name: 'The client sends' });
  const about = page.locator('#about-sends');
  await expect(about).toHaveText(/^\d+ of at most 300 bytes\.$/);
  for (const [text, says] of [
    ['ä'.repeat(151), 'This is too long. 302 of at most 300 bytes.'],
    ['  ', 'There is nothing to send. 2 of at most 300 bytes.'],
    ['a\tb', 'Only characters that can be seen, and line breaks, can be sent. 3 of at most 300 bytes.'],
  ] as const) {
    await area.fill(text);
    await expect(about).toHaveText(says);
    await expect(area).toHaveAttribute('aria-invalid', 'true');
    await page.getByRole('button', { name: 'Send this' }).click();
    await expect(area).toBeFocused();
  }
  expect(await said(glass)).toEqual(before);
  await area.fill('fine');
  await expect(area).toHaveAttribute('aria-invalid', 'false');
});

test('a text in the address that is too long is named, and the usual one is used', async ({ glass, page }) => {
  await glass.open(`index.html?sends=${'a'.repeat(301)}`);
  expect(String((await glass.heard('tls-glass-error')).message)).toContain(
    'Allowed: readable text of at most 300 bytes.',
  );
  await glass.heard('tls-glass-ready');
  expect((await said(glass)).sends).toContain('example');
  await expect(page.locator('.problems')).toBeVisible();
});

test('a long reply is cut into records: on the stage, in Bytes, in words and in what Eve keeps', async ({
  glass,
  page,
}) => {
  await glass.ready('index.html?step=request');
  const kept = async () =>
    Number(/(\d+) records? kept/.exec(await page.locator('.party.eavesdropper').innerText())?.[1]);
  const before = await kept();
  await page.locator('#more').click();
  await glass.until('tls-glass-run', () => page.locator('select[name=length]').selectOption('long'));
  await page.keyboard.press('Escape');
  expect(await kept()).toBe(before);
  expect((await said(glass)).records).toBe(2);
  await glass.press('ArrowRight');
  await expect(page.locator('.step.now .arrow')).toHaveCount(2);
  await expect(page.locator('.caption')).toContainText('cut into 2 records');
  expect(await kept()).toBe(before + 2);
  await page.locator('.drawers [data-drawer=bytes]').click();
  const layers = page.locator('.layers button');
  await expect(layers.first()).toContainText('16,');
  await layers.nth(1).click();
  await expect(page.locator('tls-glass-bytes h2')).toContainText('16,384 bytes');
  await page.keyboard.press('Escape');
  await glass.press('ArrowRight');
  await expect(page.locator('.read-reply .encrypted')).toContainText('in 2 records');
  await expect(page.locator('.http-body')).toContainText('Entry 001:');
  await page.locator('.drawers [data-drawer=claim]').click();
  await expect(page.locator('tls-glass-claim .card[data-reads=true]')).toHaveCount(3);
});

test('no violation of accessibility rules, no sideways scroll: request and reply', async ({ glass, page }) => {
  test.slow();
  await glass.ready('index.html?step=reply&length=long');
  await page.locator('#write').click();
  await page.locator('#text-replies').scrollIntoViewIfNeeded();
  await holdsUp(glass);
});
