import { areLargeEnough, holdsUp } from './audit';
import { expect, test } from './glass';

const DRAWERS = ['bytes', 'keys', 'memory', 'claim'] as const;

for (const name of DRAWERS) {
  test(`${name}: opens and closes from the keyboard, and what it covers is out of reach`, async ({ glass, page }) => {
    await glass.ready('embed.html?step=client-key');
    const button = page.locator(`.drawers [data-drawer=${name}]`);
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(page.locator(`tls-glass-${name} #close`)).toBeFocused();
    await expect(page.locator('.stage')).toHaveAttribute('inert', '');
    await page.keyboard.press('Escape');
    await expect(page.locator(`tls-glass-${name}`)).toHaveCount(0);
    await expect(page.locator('.stage')).not.toHaveAttribute('inert');
    await expect(button).toBeFocused();
  });

  test(`${name}: stays open from step to step, and follows them`, async ({ glass, page }) => {
    await glass.ready('embed.html?handshake=ecdhe&step=client-hello');
    await page.locator(`.drawers [data-drawer=${name}]`).click();
    for (const id of ['server-hello', 'identity', 'sign', 'proof']) {
      expect(await glass.press('ArrowRight')).toBe(id);
      await expect(page.locator(`tls-glass-${name} .drawer`)).toBeVisible();
    }
    if (name === 'keys' || name === 'memory') await expect(page.locator('.head small')).toHaveText('after step 5');
  });
}

test('one drawer is open at a time', async ({ glass, page }) => {
  await glass.ready('embed.html?step=decrypt');
  await page.locator('[data-drawer=keys]').click();
  await page.locator('tls-glass-keys tr[data-value=server_private_key] .address').click();
  await expect(page.locator('tls-glass-memory')).toHaveCount(1);
  await expect(page.locator('tls-glass-keys')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-drawer=keys]')).toBeFocused();
});

test('Find in memory works from the keyboard alone', async ({ glass, page }) => {
  await glass.ready('embed.html?step=decrypt');
  await page.locator('.drawers [data-drawer=memory]').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.results')).toHaveAttribute('data-found', 'done');
  const onto = async (selector: string) => {
    const target = page.locator(`tls-glass-memory ${selector}`).first();
    for (let i = 0; i < 30; i++) {
      if (await target.evaluate((element) => element.matches(':focus'))) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the Tab key does not lead to ${selector}`);
  };
  await onto('#needle');
  await onto('.results .address');
  await page.keyboard.press('Enter');
  await expect(page.locator('.hex-page')).toBeFocused();
  await page.keyboard.press('PageDown');
  await expect(page.locator('.hex-page')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator('#all-memories')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#needle')).toBeFocused();
  await onto('#plant');
  await glass.until('tls-glass-run', () => page.keyboard.press('Enter'));
  await expect(page.locator('#plant')).toHaveText('Take it out again');
  await expect(page.locator('#plant')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('.drawers [data-drawer=memory]')).toBeFocused();
});

test('a step set from outside is announced, and an open drawer moves with it', async ({ glass, page }) => {
  await glass.ready('embed.html?step=decrypt');
  await page.locator('[data-drawer=keys]').click();
  const step = await glass.until('tls-glass-step', () =>
    glass.element.evaluate((element) => element.setAttribute('step', 'data-keys')),
  );
  expect(step).toEqual({ id: 'data-keys', index: 8, count: 15 });
  await expect(page.locator('tls-glass-keys .head small')).toHaveText('after step 8');
});

test('handshake and step set from outside together lead to that step', async ({ glass, page }) => {
  await glass.ready('embed.html?step=decrypt');
  await glass.until('tls-glass-run', () =>
    glass.element.evaluate((element) => {
      element.setAttribute('handshake', 'ecdhe');
      element.setAttribute('step', 'sign');
    }),
  );
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'sign');
});

test('the focus moves on with the reader from the question to the steps, and back', async ({ glass, page }) => {
  await glass.ready();
  await page.locator('[data-choice=server_private_key]').focus();
  await glass.press('ArrowRight');
  await expect(page.locator('.panel')).toBeFocused();
  await glass.press('ArrowLeft');
  await glass.press('ArrowLeft');
  await expect(page.locator('.opening')).toBeFocused();
});

test('the page itself reads its address', async ({ glass, page }) => {
  await glass.ready('index.html?handshake=ecdhe&step=sign&theme=dark');
  await expect(page.locator('.where')).toContainText('Step 4 of 15');
  expect(await glass.element.evaluate((element) => getComputedStyle(element).colorScheme)).toBe('dark');
});

for (const name of DRAWERS) {
  test(`no violation of accessibility rules, no sideways scroll: ${name}`, async ({ glass, page }) => {
    test.slow();
    await glass.ready('embed.html?step=client-key');
    await page.locator(`.drawers [data-drawer=${name}]`).click();
    if (name === 'memory') await expect(page.locator('.results')).toHaveAttribute('data-found', 'done');
    await holdsUp(glass);
    if (name === 'memory') {
      await page.locator('.commands summary').first().click();
      await glass.until('tls-glass-run', () => page.locator('#plant').click());
      await expect(page.locator('.results')).toHaveAttribute('data-found', 'done');
      await holdsUp(glass);
      await page.locator('.results .address').first().click();
      await holdsUp(glass);
    }
    await areLargeEnough(glass, `tls-glass-${name} :is(.button, .select, input):visible`);
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 375, height: 812 } });

  test('the caption is in view; the table scrolls beside its first column', async ({ glass, page }) => {
    await glass.ready('index.html?step=decrypt');
    await expect(page.locator('.caption')).toBeInViewport({ ratio: 1 });
    await page.locator('[data-drawer=keys]').click();
    await page.locator('.table').evaluate((table) => table.scrollTo({ left: 1000 }));
    await expect(page.locator('tr.the-key th')).toBeInViewport({ ratio: 1 });
    await expect(page.locator('tr.the-key td[data-party=server]')).toBeInViewport({ ratio: 0.9 });
  });

  test('a row of bytes is eight wide', async ({ glass, page }) => {
    await glass.ready('index.html?step=decrypt');
    await page.locator('[data-drawer=memory]').click();
    await page.locator('.results .address').first().click();
    expect((await page.locator('.hex-row .cells').first().innerText()).trim().split(/\s+/)).toHaveLength(8);
  });
});
