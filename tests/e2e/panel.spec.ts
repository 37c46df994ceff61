// The panel of a step: it fits one screen, and what is for engineers is folded until somebody opens it.

import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { expect, type Glass, test } from './glass';

/** Every step whose panel is higher than its place. */
async function overfull({ element }: Glass): Promise<{ steps: number; overfull: string[] }> {
  return element.evaluate(async (glass: TlsGlassElement) => {
    const root = glass.shadowRoot as ShadowRoot;
    const steps = glass.run?.steps ?? [];
    const overfull: string[] = [];
    for (const [i, { id }] of steps.entries()) {
      glass.step = String(i + 1);
      await glass.updateComplete;
      const panel = root.querySelector('.panel') as HTMLElement;
      const { scrollHeight, clientHeight } = panel;
      if (scrollHeight > clientHeight) overfull.push(`${id}: ${scrollHeight} of ${clientHeight}`);
    }
    return { steps: steps.length, overfull };
  });
}

for (const options of [
  'handshake=rsa',
  'handshake=ecdhe&clientcert=shown',
  'handshake=dhe&ems=off',
  'handshake=dh-anon',
  'resumption=session-ticket',
  'clientcert=untrusted',
  'clientcert=missing&handshake=ecdhe',
]) {
  test(`at 1280 x 800 the panel of no step scrolls: ${options}`, async ({ glass, page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    // What shows the steps loads when one is asked for.
    await glass.ready(`index.html?${options}&step=1`);
    const found = await overfull(glass);
    expect(found.steps).toBeGreaterThan(8);
    expect(found.overfull).toEqual([]);
  });
}

test('what is for engineers stays open from step to step, and until the next visit', async ({ glass, page }) => {
  await glass.ready('embed.html?step=decrypt');
  const folded = page.locator('.engineers');
  await expect(folded.locator('.formula').first()).toBeHidden();
  await expect(folded.locator('summary')).toContainText('pre_master_secret, RSAES-PKCS1-v1_5-Decrypt');
  await folded.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(folded.locator('.formula').first()).toBeVisible();
  await glass.press('ArrowRight');
  await expect(folded.locator('.formula').first()).toBeVisible();
  await page.reload();
  await expect(folded.locator('.formula').first()).toBeVisible();
  await folded.locator('summary').click();
  await glass.press('ArrowLeft');
  await expect(folded.locator('.formula').first()).toBeHidden();
  await page.reload();
  await expect(folded.locator('summary')).toBeVisible();
  await expect(folded.locator('.formula').first()).toBeHidden();
});

test('where storage is forbidden it stays open for the visit, and nothing fails', async ({ glass, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('forbidden', 'SecurityError');
      },
    });
  });
  await glass.ready('embed.html?step=decrypt');
  const formula = page.locator('.engineers .formula').first();
  await expect(formula).toBeHidden();
  await glass.forEngineers();
  await expect(formula).toBeVisible();
  await glass.press('ArrowRight');
  await expect(formula).toBeVisible();
});
