// The address of the page: it follows the place, and nothing in it keeps the page from its default.

import type { Page } from '@playwright/test';
import { holdsUp } from './audit';
import { expect, test } from './glass';

/** Waits until the address has this query. */
function hasQuery(page: Page, query: string): Promise<void> {
  return expect.poll(() => new URL(page.url()).search).toBe(query);
}

test('the address follows handshake and step, has no defaults, and leads back', async ({ glass, page }) => {
  await glass.ready('index.html');
  await hasQuery(page, '');
  expect(await glass.press('ArrowRight')).toBe('client-hello');
  await hasQuery(page, '?step=client-hello');
  await glass.until('tls-glass-run', () => page.locator('[data-handshake=ecdhe]').click());
  await glass.until('tls-glass-step', () => page.locator('[data-stop=read]').click());
  await hasQuery(page, '?handshake=ecdhe&step=read');
  const entries = await page.evaluate(() => history.length);
  await page.reload();
  await glass.heard('tls-glass-ready');
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'read');
  await expect(page.locator('[data-handshake=ecdhe]')).toHaveAttribute('aria-pressed', 'true');
  expect(await page.evaluate(() => history.length)).toBe(entries);
  await glass.press('Home');
  await glass.press('ArrowLeft');
  await hasQuery(page, '?handshake=ecdhe&step=certificate');
  await glass.press('ArrowLeft');
  await hasQuery(page, '?handshake=ecdhe');
});

test('the address catches up with a reader who goes through the steps faster than it changes', async ({
  glass,
  page,
}) => {
  await glass.ready('index.html');
  const changes = await page.evaluate(() => {
    const counted = { n: 0 };
    const { replaceState } = history;
    history.replaceState = (...all) => {
      counted.n += 1;
      replaceState.apply(history, all);
    };
    return Object.assign(window, { counted }) && counted.n;
  });
  expect(changes).toBe(0);
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  await hasQuery(page, '?step=data-keys');
  expect(await page.evaluate(() => (window as unknown as { counted: { n: number } }).counted.n)).toBeLessThan(8);
});

test('a choice under More, the theme of the link and a seed stay in the address; a number becomes a name', async ({
  glass,
  page,
}) => {
  const seed = '5a'.repeat(32);
  await glass.ready(`index.html?step=4&theme=dark&seed=${seed}`);
  await hasQuery(page, `?step=verify&theme=dark&seed=${seed}`);
  await page.locator('#more').click();
  await glass.until('tls-glass-run', () => page.locator('select[name=ems]').selectOption('off'));
  await hasQuery(page, `?step=verify&theme=dark&ems=off&seed=${seed}`);
  await page.locator('#theme select').selectOption('light');
  await hasQuery(page, `?step=verify&theme=light&ems=off&seed=${seed}`);
});

test("the reader's own theme is not in the address", async ({ glass, page }) => {
  await glass.ready('index.html');
  await page.locator('#theme select').selectOption('dark');
  await glass.press('ArrowRight');
  await hasQuery(page, '?step=client-hello');
});

test('an embedded page leaves its address as it is', async ({ glass, page }) => {
  await glass.ready('embed.html?step=8');
  await glass.press('ArrowRight');
  await glass.until('tls-glass-run', () => page.locator('[data-handshake=ecdhe]').click());
  // Longer than the page takes to change the address of index.html.
  await page.waitForTimeout(600);
  expect(new URL(page.url()).search).toBe('?step=8');
});

for (const site of ['index.html', 'embed.html']) {
  test(`other people's parameters are no matter, and stay: ${site}`, async ({ glass, page }) => {
    await glass.ready(`${site}?utm_source=a%20b&handshake=dhe&fbclid=x&colour=red&step=sign`);
    await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'sign');
    await expect(page.locator('.problems')).toHaveCount(0);
    expect(await page.evaluate(() => window.heard.map(({ name }) => name))).not.toContain('tls-glass-error');
    if (site === 'index.html') {
      await glass.press('ArrowRight');
      await hasQuery(page, '?handshake=dhe&step=proof&utm_source=a%20b&fbclid=x&colour=red');
    }
  });
}

for (const [name, value, used] of [
  ['handshake', 'quic', 'rsa'],
  ['step', '77', 'the question'],
  ['theme', 'blue', 'system'],
  ['group', 'x448', 'x25519'],
  ['seed', 'abc', 'random numbers of this visit'],
] as const) {
  test(`a bad ${name} is named, with what is allowed and what is used, above the page`, async ({ glass, page }) => {
    const { message } = await glass.open(`index.html?${name}=${value}`).then(() => glass.heard('tls-glass-error'));
    const note = page.locator('.problems');
    await expect(note).toHaveRole('alert');
    await expect(note.locator('p')).toHaveText(String(message));
    await expect(note).toContainText(`“${name}” is “${value}”. Allowed: `);
    await expect(note).toContainText(`Used instead: ${used}.`);
    await glass.heard('tls-glass-ready');
    await expect(page.locator('.opening .primary')).toBeEnabled();
    // The page says what is wrong until it was read, whatever the reader does meanwhile.
    await glass.press('ArrowRight');
    await expect(note).toBeVisible();
    await hasQuery(page, name === 'theme' ? '?step=client-hello&theme=system' : '?step=client-hello');
    await note.getByRole('button', { name: 'Dismiss' }).focus();
    await page.keyboard.press('Enter');
    await expect(note).toHaveCount(0);
    await expect(page.locator('.panel')).toBeFocused();
    await glass.press('ArrowRight');
    await expect(note).toHaveCount(0);
  });
}

test('what is right beside a bad value holds, and what does not go with a choice does not come back with another', async ({
  glass,
  page,
}) => {
  await glass.ready('index.html?handshake=rsa&certificate=ecdsa&step=verify');
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'verify');
  await expect(page.locator('.problems')).toContainText('“certificate” is “ecdsa”');
  await glass.until('tls-glass-run', () => page.locator('[data-handshake=ecdhe]').click());
  await hasQuery(page, '?handshake=ecdhe&step=verify');
});

test('an attribute with a bad value has its default, an event and a note; another value is another matter', async ({
  glass,
  page,
}) => {
  await glass.ready('embed.html?handshake=ecdhe&step=read');
  const set = (name: string, value: string) =>
    glass.element.evaluate((element, [name, value]) => element.setAttribute(name, value), [name, value] as const);
  const { message } = await glass.until('tls-glass-error', () => set('cipher', 'rc4'));
  expect(message).toContain('“cipher” is “rc4”');
  await expect(page.locator('.problems p')).toHaveText([String(message)]);
  await expect(glass.element).not.toHaveAttribute('cipher');
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'read');
  await glass.until('tls-glass-run', () => set('cipher', 'aes-256-gcm'));
  await expect(page.locator('.problems')).toHaveCount(0);
  // The step of this handshake is no step of that one: nobody asked for it.
  await glass.until('tls-glass-run', () => set('handshake', 'rsa'));
  await expect(page.locator('.problems')).toHaveCount(0);
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'read');
});

test('the notes take their room from the page, and stay within it, in every look', async ({ glass, page }) => {
  await glass.ready('index.html?handshake=quic&step=nowhere&theme=blue&cipher=rc4&group=x448');
  await expect(page.locator('.problems p')).toHaveCount(5);
  await holdsUp(glass);
  await expect(page.locator('.problems .button')).toBeInViewport({ ratio: 0.5 });
});
