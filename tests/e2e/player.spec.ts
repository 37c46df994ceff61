import type { Page } from '@playwright/test';
import { expect, test } from './glass';

test('plays by itself, pauses, rests where the client reads the reply, and goes on from there when asked', async ({
  glass,
  page,
}) => {
  await page.clock.install();
  await glass.ready('index.html');
  const ids = await glass.stepIds();
  await page.getByRole('button', { name: 'Watch the connection' }).click();
  await expect(page.locator('.where')).toContainText('Step 1 of');
  await page.clock.runFor(30_000);
  await expect(page.locator('.step.now')).not.toHaveAttribute('data-step', 'client-hello');
  await glass.until('tls-glass-play', () => page.keyboard.press('Space'));
  const here = await page.locator('.step.now').getAttribute('data-step');
  await page.clock.runFor(60_000);
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', here ?? '');
  await page.keyboard.press('Space');
  await page.clock.runFor(60_000 * ids.length);
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'read');
  await expect(page.locator('#play')).toHaveAccessibleName('Play');
  await page.locator('#play').click();
  await expect(page.locator('#play')).toHaveAccessibleName('Pause');
  await page.clock.runFor(60_000);
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', ids.at(-1) ?? '');
  await expect(page.locator('#play')).toHaveAccessibleName('Play');
});

const BY_HAND: readonly (readonly [name: string, act: (page: Page) => Promise<void>])[] = [
  ['an arrow key', (page) => page.keyboard.press('ArrowRight')],
  ['the button Forward', (page) => page.locator('#forward').click()],
  ['the scrubber', (page) => page.locator('[data-stop=decrypt]').click()],
  ['a record that is selected', (page) => page.locator('.step.now .arrow').first().click()],
  ['the bytes of a message', (page) => page.locator('.message .button').first().click()],
  ...['bytes', 'keys', 'memory', 'claim'].map(
    (drawer) =>
      [`the drawer ${drawer}`, (page: Page) => page.locator(`.drawers [data-drawer=${drawer}]`).click()] as const,
  ),
  ['More', (page) => page.locator('#more').click()],
];

for (const [name, act] of BY_HAND) {
  test(`playing pauses: ${name}`, async ({ glass, page }) => {
    await glass.ready('embed.html?step=identity');
    // The message's card is among what is for engineers.
    await glass.forEngineers();
    const { playing } = await glass.until('tls-glass-play', () => page.locator('#play').click());
    expect(playing).toBe(true);
    expect(await glass.until('tls-glass-play', () => act(page))).toEqual({ playing: false });
    await expect(page.locator('#play')).toHaveAccessibleName('Play');
  });
}

test.describe('where the steps are a list', () => {
  test.use({ viewport: { width: 375, height: 812 } });

  test('playing pauses: the slider', async ({ glass, page }) => {
    await glass.ready('embed.html?step=identity');
    await glass.until('tls-glass-play', () => page.locator('#play').click());
    expect(await glass.until('tls-glass-play', () => page.locator('.slider').fill('8'))).toEqual({ playing: false });
    await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'decrypt');
  });
});

test('the buttons go first, back, forward, last', async ({ glass, page }) => {
  await glass.ready('embed.html?step=4');
  const at = (id: string) => expect(page.locator('.step.now')).toHaveAttribute('data-step', id);
  await page.locator('#forward').click();
  await at('secret');
  await page.locator('#back').click();
  await at('verify');
  await page.locator('#last').click();
  await at('close');
  await expect(page.locator('#forward')).toHaveAttribute('aria-disabled', 'true');
  await page.locator('#first').click();
  await at('client-hello');
  await expect(page.locator('#first')).toHaveAttribute('aria-disabled', 'true');
});

test('the scrubber goes to any step, and its stops are 24 px', async ({ glass, page }) => {
  await glass.ready('embed.html?step=1');
  await page.locator('[data-stop=decrypt]').click();
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'decrypt');
  await expect(page.locator('.stop[aria-current]')).toHaveAttribute('data-stop', 'decrypt');
  const box = await page.locator('[data-stop=reply]').boundingBox();
  expect(box?.width).toBeGreaterThanOrEqual(24);
  expect(box?.height).toBeGreaterThanOrEqual(24);
});

test('works from the keyboard alone', async ({ glass, page }) => {
  await glass.ready('index.html');
  // To "Watch the connection", and on it.
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.querySelector('tls-glass')?.shadowRoot?.activeElement?.matches('.primary')))
      break;
  }
  await glass.until('tls-glass-step', () => page.keyboard.press('Enter'));
  await glass.until('tls-glass-play', () => page.keyboard.press('Space'));
  expect(await glass.press('End')).toBe('close');
  expect(await glass.press('Home')).toBe('client-hello');
  // Keys belong to a select while it has the focus.
  await page.locator('#speed').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'client-hello');
  // The focus stays on the present stop of the scrubber.
  await page.locator('.stop[aria-current]').focus();
  await glass.press('ArrowRight');
  await expect(page.locator('.stop[aria-current]')).toBeFocused();
});

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('a message travels, and arrives', async ({ glass, page }) => {
    await glass.ready('embed.html?step=certificate');
    await glass.press('ArrowRight');
    const names = await page
      .locator('.step.now .arrow .token')
      .first()
      .evaluate(async (token) => {
        const running = token.getAnimations();
        await Promise.all(running.map((animation) => animation.finished));
        return running.map((animation) => (animation as CSSAnimation).animationName);
      });
    expect(names).toEqual(['travel']);
  });

  test('nothing travels backwards in time', async ({ glass, page }) => {
    await glass.ready('embed.html?step=3');
    await glass.press('ArrowLeft');
    await expect(page.locator('.step.moving')).toHaveCount(0);
  });
});

test('with reduced motion nothing moves, and the word "new" stays', async ({ glass, page }) => {
  await glass.ready('embed.html?step=secret');
  await glass.press('ArrowRight');
  await glass.press('ArrowRight');
  const animations = await glass.element.evaluate((element) => element.shadowRoot?.getAnimations().length);
  expect(animations).toBe(0);
  await expect(page.locator('.party.server [data-value=pre_master_secret]')).toContainText('new');
});
