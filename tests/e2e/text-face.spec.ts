// The face of titles and captions.

import { expect, test } from './glass';

const TITLES = '.panel h2, .panel .caption, .step.now .title';

test('titles and captions are in the text face, all else in the sans of the system', async ({ glass, page }) => {
  await glass.ready('index.html?step=decrypt');
  await page.evaluate(() => document.fonts.ready);
  const faces = await page.evaluate(() =>
    [...document.fonts].filter(({ status }) => status === 'loaded').map((face) => face.family),
  );
  expect(faces.map((name) => name.replaceAll('"', ''))).toContain('tls-glass text');
  const first = (selector: string) =>
    page.locator(selector).evaluateAll((all) => all.map((node) => getComputedStyle(node).fontFamily.split(',')[0]));
  const titles = await first(TITLES);
  expect(titles.length).toBeGreaterThanOrEqual(3);
  expect(new Set(titles)).toEqual(new Set(['"tls-glass text"']));
  expect(new Set(await first('.key .name, .why, .stop .phase, .button'))).toEqual(new Set(['ui-sans-serif']));
});

test('a face that arrives late moves nothing', async ({ glass, page }) => {
  let deliver = (): void => {};
  const held = new Promise<void>((done) => {
    deliver = done;
  });
  await page.route('**/*.woff2', async (route) => {
    await held;
    await route.continue();
  });
  // A page has not loaded before its face has.
  await glass.open('index.html?step=decrypt', 'commit');
  await glass.heard('tls-glass-ready');
  const lengths = () =>
    page.locator(TITLES).evaluateAll((all) =>
      all.map((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()].reduce((sum, line) => sum + line.width, 0);
      }),
    );
  const places = () =>
    page.locator(`${TITLES}, .panel .why, .step.now, .party`).evaluateAll((all) =>
      all.map((node) => {
        const { top, height } = node.getBoundingClientRect();
        return [top, height];
      }),
    );
  const before = { places: await places(), lengths: await lengths() };
  deliver();
  await page.waitForLoadState('load');
  await page.evaluate(() => document.fonts.ready);
  await expect.poll(lengths).not.toEqual(before.lengths);
  expect(await places()).toEqual(before.places);
});

test('its licence lies beside it', async ({ page }) => {
  const licence = await page.request.get('assets/source-serif-4-LICENSE.txt');
  expect(await licence.text()).toContain('SIL Open Font License');
});
