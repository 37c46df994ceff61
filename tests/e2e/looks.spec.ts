import { holdsUp, LOOKS, title } from './audit';
import { expect, test } from './glass';

for (const look of LOOKS) {
  test.describe(look.name, () => {
    const { colorScheme, viewport } = look;
    test.use({ colorScheme, viewport });

    test(title(look, 'the question and every step'), async ({ glass, page }) => {
      test.slow();
      await glass.ready('index.html');
      await holdsUp(glass, look);
      await page.locator('[data-choice=server_private_key]').click();
      await page.locator('#more').click();
      await holdsUp(glass, look);
      for (const _ of await glass.stepIds()) {
        await glass.press('ArrowRight');
        await holdsUp(glass, look);
      }
    });

    test(title(look, 'the drawer'), async ({ glass, page }) => {
      await glass.ready('embed.html?handshake=ecdhe&step=identity');
      await page.locator('.message .button').first().click();
      await holdsUp(glass, look);
      await page.locator('.layers button[data-kind=certificate]').first().click();
      await holdsUp(glass, look);
    });

    test('controls are 44 px', async ({ glass, page }) => {
      await glass.ready('embed.html?step=identity');
      for (const control of await page.locator('.button:visible, .icon:visible, .select:visible').all()) {
        expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      }
    });
  });
}

// Once: that the audit finds something is no matter of the look.
for (const look of LOOKS.filter(({ audited }) => audited).slice(0, 1)) {
  test.describe(`an audit that would find something: ${look.name}`, () => {
    test.use({ colorScheme: look.colorScheme, viewport: look.viewport });

    test(title(look, 'a button without a name is a violation'), async ({ glass }) => {
      await glass.ready('embed.html?step=identity');
      await holdsUp(glass, look);
      await glass.element.evaluate((element) => element.shadowRoot?.append(document.createElement('button')));
      await expect(holdsUp(glass, look)).rejects.toThrow('button-name');
    });
  });
}

test('the stage fits the window: transport in view, page itself does not scroll', async ({ glass, page }) => {
  await glass.ready('index.html');
  for (const id of await glass.stepIds()) {
    expect(await glass.press('ArrowRight')).toBe(id);
    await expect(page.locator('.transport')).toBeInViewport({ ratio: 1 });
    await expect(page.locator('.step.now')).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBeLessThanOrEqual(
      0,
    );
  }
});

test('the theme can be chosen, and is kept', async ({ glass, page }) => {
  await glass.ready('index.html');
  const paper = () => glass.element.evaluate((element) => getComputedStyle(element).backgroundColor);
  const light = await paper();
  await page.getByLabel('Theme').selectOption('dark');
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.reload();
  await glass.heard('tls-glass-ready');
  expect(await paper()).toBe(dark);
});
