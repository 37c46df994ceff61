import type { Locator } from '@playwright/test';
import { areLargeEnough, holdsUp, LOOKS } from './audit';
import { expect, test } from './glass';

for (const colorScheme of ['light', 'dark'] as const) {
  const looks = LOOKS.filter((look) => look.colorScheme === colorScheme);

  test(`no violation of accessibility rules, no sideways scroll: the question and every step, ${colorScheme}`, async ({
    glass,
    page,
  }) => {
    test.slow();
    await glass.ready('index.html');
    await holdsUp(glass, looks);
    await page.locator('[data-choice=server_private_key]').click();
    await page.locator('#more').click();
    await holdsUp(glass, looks);
    for (const id of await glass.stepIds()) {
      await glass.goOn(id);
      await holdsUp(glass, looks);
    }
  });
}

test('no violation of accessibility rules, no sideways scroll: the drawer', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=ecdhe&step=identity');
  await glass.forEngineers();
  await page.locator('.message .button').first().click();
  await holdsUp(glass);
  await page.locator('.layers button[data-kind=certificate]').first().click();
  await holdsUp(glass);
});

test('the audit finds a button without a name', async ({ glass }) => {
  await glass.ready('embed.html?step=identity');
  const look = LOOKS.slice(0, 1);
  await holdsUp(glass, look);
  await glass.element.evaluate((element) => element.shadowRoot?.append(document.createElement('button')));
  await expect(holdsUp(glass, look)).rejects.toThrow('button-name');
});

test('controls are 44 px', async ({ glass }) => {
  await glass.ready('embed.html?step=identity');
  await areLargeEnough(glass, '.button:visible, .icon:visible, .select:visible');
});

test('the stage fits the window: transport in view, page itself does not scroll', async ({ glass, page }) => {
  await glass.ready('index.html');
  for (const id of await glass.stepIds()) {
    expect(await glass.goOn(id)).toBe(id);
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

test('what has a border can be pressed, or is a place in a memory', async ({ glass, page }) => {
  test.slow();
  await glass.ready('index.html?handshake=ecdhe&step=1');
  for (let step = 1; step <= (await glass.stepIds()).length; step += 1) {
    await glass.element.evaluate((element, n) => element.setAttribute('step', String(n)), step);
    expect(await framed(page.locator('tls-glass .root *')), `step ${step}`).toEqual([]);
  }
});

/**
 * What is framed by a border or an outline on all sides, and is neither a control nor a place in a memory. In a step's picture
 * encrypted bytes have the line that they have on the wire.
 */
async function framed(all: Locator): Promise<string[]> {
  const found = await all.evaluateAll((nodes) => {
    const isFramed = (node: Element) => {
      const style = getComputedStyle(node);
      const sides = ['top', 'right', 'bottom', 'left'].map((side) => style.getPropertyValue(`border-${side}-width`));
      return sides.every((width) => width !== '0px') || (style.outlineStyle !== 'none' && style.outlineWidth !== '0px');
    };
    const framed = nodes.filter((node) => node.checkVisibility({ opacityProperty: true }) && isFramed(node));
    if (framed.length < 5) throw new Error('no borders at all: this looked at nothing');
    return framed
      .filter(
        (node) =>
          !node.closest('button, select, input, summary, a') &&
          !node.matches('.party, .key.not, .key.disagrees, .thing.line-public, .thing.line-app'),
      )
      .map((node) => `${node.tagName} ${node.className}`);
  });
  return [...new Set(found)];
}
