import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { expect, test } from './glass';

test('opens with the question, on the real reply', async ({ glass, page }) => {
  await glass.ready();
  await expect(page.getByRole('heading', { level: 1 })).toContainText("server's private key");
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
      if (code === 'opened') await expect(page.locator('.plaintext')).toContainText('HTTP/1.1 200');
    }
  });
}

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
