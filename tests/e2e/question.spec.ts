import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { areLargeEnough, holdsUp } from './audit';
import { expect, test } from './glass';

test('opens with the question, on the real reply', async ({ glass, page }) => {
  await glass.ready();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText("Which key opens the server's reply?");
  const start = await glass.element.evaluate((element: TlsGlassElement) => {
    const { run } = element;
    const record = run?.question && run.records[run.question.record];
    return [...(record?.bytes.subarray(0, 64) ?? [])].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  });
  expect(start.length).toBeGreaterThan(100);
  await expect(page.locator('.record')).toContainText(start);
});

for (const handshake of ['rsa', 'dhe', 'ecdhe']) {
  test(`each choice was really tried, ${handshake}`, async ({ glass, page }) => {
    await glass.ready();
    if (handshake !== 'rsa')
      await glass.until('tls-glass-run', () => page.locator(`[data-handshake=${handshake}]`).click());
    const attempts = await glass.element.evaluate((element: TlsGlassElement) =>
      (element.run?.question?.attempts ?? []).map(({ attempt }) => [attempt.key, attempt.outcome.code] as const),
    );
    expect(attempts).toHaveLength(3);
    expect(attempts.filter(([, code]) => code === 'opened')).toHaveLength(1);
    for (const [key, code] of attempts) {
      const choice = page.locator(`[data-choice=${key}]`);
      await choice.click();
      await expect(choice).toHaveAttribute('aria-expanded', 'true');
      await expect(page.locator('.verdict')).toHaveAttribute('data-outcome', code);
      await expect(page.locator('.verdict')).not.toContainText('{');
      if (code === 'opened') await expect(page.locator('.reply .plaintext')).toContainText('HTTP/1.1 200');
      else await expect(page.locator('.reply .record')).toBeVisible();
    }
  });
}

const KEYS = ['server_private_key', 'server_public_key', 'server_write_key'] as const;

test('RSA: the private key opens it indirectly, and the step that shows how is one press away', async ({
  glass,
  page,
}) => {
  await glass.ready();
  const choice = page.locator('[data-choice=server_private_key]');
  await choice.click();
  await expect(page.locator('.outcome')).toContainText('Not directly.');
  const verdict = page.locator('.verdict');
  await expect(page.locator('.reason')).toContainText('encrypted with the data key, server to client');
  await expect(verdict).toContainText('whoever listened can derive the data key');
  await expect(verdict.locator('.engineers')).toContainText('works on exactly 256 bytes');
  await expect(page.locator('.further')).toContainText('Under ECDHE and DHE the same choice ends differently');
  const number = /secret of step (\d+)/.exec(await verdict.innerText())?.[1];
  expect(number).toBeDefined();
  const { id } = await glass.until('tls-glass-step', () => page.locator('[data-show]').click());
  expect(id).toBe('decrypt');
  await expect(page.locator('.where')).toContainText(`Step ${number} of`);
});

test('the same choice stays open under another key exchange, and ends differently there', async ({ glass, page }) => {
  await glass.ready();
  const choice = page.locator('[data-choice=server_private_key]');
  await choice.click();
  await glass.until('tls-glass-run', () => page.locator('[data-elsewhere=ecdhe]').click());
  await expect(page.locator('[data-handshake=ecdhe]')).toHaveAttribute('aria-pressed', 'true');
  await expect(choice).toHaveAttribute('aria-expanded', 'true');
  await expect(page.locator('.outcome')).toContainText('It does not open.');
  await expect(page.locator('.verdict')).toContainText('only signs, in step');
  await expect(page.locator('.verdict')).toContainText('opens nothing of this recording');
  await glass.until('tls-glass-run', () => page.locator('[data-elsewhere=rsa]').click());
  await expect(page.locator('.outcome')).toContainText('Not directly.');
});

for (const [options, says] of [
  ['handshake=dh-anon', 'has no part in this connection'],
  ['resumption=session-ticket', 'opens the secret of the earlier connection'],
  ['handshake=ecdhe&resumption=session-id', 'only signed, in the earlier connection'],
] as const) {
  test(`says what the private key does, ${options}`, async ({ glass, page }) => {
    await glass.ready(`embed.html?${options}`);
    await page.locator('[data-choice=server_private_key]').click();
    await expect(page.locator('.verdict')).toContainText(says);
  });
}

for (const width of [1280, 1024, 768]) {
  test(`an answer moves nothing that was there, at ${width} px`, async ({ glass, page }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const address of ['index.html', 'index.html?resumption=session-ticket', 'index.html?handshake=dh-anon']) {
      await glass.ready(address);
      const places = () =>
        page
          .locator('.ask, .ask h1, .figure, .memory, .reply, .record, .try, .choices, .foot, .primary, .segments')
          .evaluateAll((all) => {
            // The screen itself may scroll to the answer.
            const tops = all.map((each) => each.getBoundingClientRect().top);
            return tops.map((top) => Math.round(top - (tops[0] ?? 0)));
          });
      const before = await places();
      const height = await page.locator('.ask').evaluate((each) => each.getBoundingClientRect().height);
      for (const key of KEYS) {
        await page.locator(`[data-choice=${key}]`).click();
        await expect(page.locator('.verdict')).toBeVisible();
        expect(await places(), `${address}, ${key}`).toEqual(before);
        expect(await page.locator('.ask').evaluate((each) => each.getBoundingClientRect().height)).toBe(height);
      }
    }
  });
}

test('every answer holds up in every look', async ({ glass, page }) => {
  test.slow();
  await glass.ready();
  for (const key of KEYS) {
    await page.locator(`[data-choice=${key}]`).click();
    await expect(page.locator('.verdict')).toBeVisible();
    await holdsUp(glass);
    await areLargeEnough(glass, '.answer .button:visible');
  }
});

test('has at most twelve controls in the first view', async ({ glass, page }) => {
  await glass.ready();
  const controls = await page.locator('button:visible, select:visible, input:visible, a:visible').count();
  expect(controls).toBeGreaterThan(0);
  expect(controls).toBeLessThanOrEqual(12);
});

test('"Watch the connection" goes to the first step and plays', async ({ glass, page }) => {
  await glass.ready();
  const playing = glass.until('tls-glass-play', () =>
    page.getByRole('button', { name: 'Watch the connection' }).click(),
  );
  expect(await playing).toEqual({ playing: true });
  await expect(page.locator('#play')).toBeFocused();
  await expect(page.locator('.where')).toContainText('Step 1 of');
});
