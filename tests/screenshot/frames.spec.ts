import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../e2e/glass';

/** Where `cargo xtask screenshot` takes the frames from. */
const folder = process.env.TLS_GLASS_FRAMES;

/** How long a step that has arrived stays, and the last one, in milliseconds. */
const STAY = 2200;
const LAST = 4000;

/** Between two pictures of a message on its way. */
const MOVING = 120;

// Wide enough for the names of all keys.
test.use({ viewport: { width: 1240, height: 660 }, contextOptions: { reducedMotion: 'no-preference' } });

test('frames of the page as it steps through a handshake', async ({ glass, page }) => {
  test.setTimeout(300_000);
  if (!folder) throw new Error('TLS_GLASS_FRAMES names no folder');
  mkdirSync(folder, { recursive: true });
  let taken = 0;
  const take = (milliseconds: number) => {
    taken += 1;
    const name = `${String(taken).padStart(4, '0')}-${milliseconds}.png`;
    return page.screenshot({ path: join(folder, name), animations: 'allow', caret: 'hide' });
  };

  await glass.ready(`embed.html?theme=light&seed=${'5a'.repeat(32)}&step=1`);
  await page.evaluate(async () => {
    const all = document.querySelector('tls-glass')?.shadowRoot?.getAnimations() ?? [];
    await Promise.all([document.fonts.ready, ...all.map((animation) => animation.finished)]);
  });
  await take(STAY);
  for (let step = ''; step !== 'read'; ) {
    step = await glass.press('ArrowRight');
    // The diagram scrolls first; then what moves is shown at moments that are chosen here: pictures taken as time goes by would differ each time.
    const length = await page.evaluate(async () => {
      const root = document.querySelector('tls-glass')?.shadowRoot;
      const all = root?.getAnimations() ?? [];
      for (const animation of all) animation.pause();
      await new Promise(requestAnimationFrame);
      const diagram = root?.querySelector('.stage .diagram');
      for (let last = Number.NaN; last !== diagram?.scrollTop; ) {
        last = diagram?.scrollTop ?? 0;
        await new Promise((passed) => setTimeout(passed, 100));
      }
      return Math.max(0, ...all.map((animation) => Number(animation.effect?.getComputedTiming().endTime ?? 0)));
    });
    for (let at = 0; at < length; at += MOVING) {
      await show(page, at);
      await take(MOVING);
    }
    await show(page, length);
    await take(step === 'read' ? LAST : STAY);
  }
  expect(taken).toBeGreaterThan(14);
});

/** All that moves, at this moment of its way. */
function show(page: Page, at: number): Promise<void> {
  return page.evaluate((at) => {
    for (const animation of document.querySelector('tls-glass')?.shadowRoot?.getAnimations() ?? []) {
      animation.currentTime = at;
    }
  }, at);
}
