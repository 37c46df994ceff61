import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { areLargeEnough, holdsUp } from './audit';
import { expect, type Glass, test } from './glass';

/** The reply's record on the wire, in hexadecimal, and how often the client's memory was searched by the time it is read. */
async function fromRun(glass: Glass): Promise<{ wire: string; searches: number }> {
  return glass.element.evaluate((element: TlsGlassElement) => {
    const { run } = element;
    const step = run?.steps.find(({ id }) => id === 'read');
    const record = run?.records[run.question?.record ?? -1];
    if (!run || !step || !record) throw new Error('no reply');
    const last = Math.max(...step.units);
    return {
      wire: [...record.bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      searches: run.looks.filter(({ party, unit }) => party === 'client' && unit <= last).length,
    };
  });
}

test('the client reads the reply: what crossed the wire beside what it says, and how often the key was looked for', async ({
  glass,
  page,
}) => {
  await glass.ready('embed.html?step=read');
  const { wire, searches } = await fromRun(glass);
  const shown = ((await page.locator('.read-reply .encrypted code').textContent()) ?? '').replace(/ …$/, '');
  expect(shown.length).toBeGreaterThan(200);
  expect(wire.startsWith(shown)).toBe(true);
  await expect(page.locator('.read-reply .encrypted .rest')).toHaveText(/^and \d+ more bytes$/);
  await expect(page.locator('.read-reply .http-head')).toContainText('HTTP/1.1 200 OK');
  const said = await glass.element.evaluate((element: TlsGlassElement) => element.run?.options.replies ?? '');
  expect(said).not.toBe('');
  await expect(page.locator('.read-reply .http-body')).toContainText(said.trimEnd());
  await expect(page.locator('.key-in-client')).toHaveText(
    `The server's private key in the client's memory: not found in any of ${searches} searches.`,
  );
});

test('the two stand side by side, and one under the other where it is narrow', async ({ glass, page }) => {
  await glass.ready('index.html?step=read');
  const boxes = async () => {
    const encrypted = await page.locator('.read-reply .encrypted').boundingBox();
    const decrypted = await page.locator('.read-reply .decrypted').boundingBox();
    if (!encrypted || !decrypted) throw new Error('nothing is shown');
    return { encrypted, decrypted };
  };
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 768, height: 1024 },
  ]) {
    await page.setViewportSize(viewport);
    await expect(async () => {
      const { encrypted, decrypted } = await boxes();
      expect(decrypted.x).toBeGreaterThanOrEqual(encrypted.x + encrypted.width);
      expect(Math.abs(decrypted.y - encrypted.y)).toBeLessThan(2);
    }).toPass();
  }
  await page.setViewportSize({ width: 375, height: 812 });
  await expect(async () => {
    const { encrypted, decrypted } = await boxes();
    expect(decrypted.y).toBeGreaterThanOrEqual(encrypted.y + encrypted.height);
    expect(Math.abs(decrypted.x - encrypted.x)).toBeLessThan(2);
  }).toPass();
});

test('at 1280 x 800 the answer and the ways on are in view', async ({ glass, page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await glass.ready('index.html?step=read');
  for (const part of [
    '.read-reply .encrypted',
    '.read-reply .decrypted',
    '.key-in-client',
    '.sequel button >> nth=0',
  ]) {
    await expect(page.locator(part)).toBeInViewport({ ratio: 1 });
  }
});

test('at 768 x 1024 the answer is in view', async ({ glass, page }) => {
  await page.setViewportSize({ width: 768, height: 1024 });
  await glass.ready('index.html?step=read');
  for (const part of ['.step.now', '.read-reply .encrypted', '.read-reply .decrypted', '.key-in-client']) {
    await expect(page.locator(part)).toBeInViewport({ ratio: 1 });
  }
});

test('RSA leads on to the way browsers go, and that back to the question', async ({ glass, page }) => {
  await glass.ready('embed.html?step=read');
  const on = page.getByRole('button', { name: 'Now the way browsers do it' });
  await glass.until('tls-glass-run', () => on.click());
  await expect(page.locator('.where')).toContainText('Step 1 of 15');
  await glass.until('tls-glass-step', () => page.locator('[data-stop=read]').click());
  await expect(on).toHaveCount(0);
  const { id } = await glass.until('tls-glass-step', () =>
    page.getByRole('button', { name: 'Back to the question' }).click(),
  );
  expect(id).toBe('question');
});

test('a key that the reader plants is told of', async ({ glass, page }) => {
  await glass.ready('embed.html?step=read');
  await page.getByRole('button', { name: 'Search the memories yourself' }).click();
  await glass.until('tls-glass-run', () => page.locator('#plant').click());
  await page.keyboard.press('Escape');
  await expect(page.locator('.key-in-client')).toContainText(/: found in \d+ of \d+ searches\. You planted it there/);
});

test('no violation of accessibility rules, no sideways scroll: the reply under ECDHE', async ({ glass }) => {
  test.slow();
  await glass.ready('embed.html?handshake=ecdhe&step=read');
  await holdsUp(glass);
  await areLargeEnough(glass, '.sequel .button:visible');
});
