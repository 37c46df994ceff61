// Pictures of the page's main moments, kept in www/test-results for whoever looks at a change of theirs.

import { expect, test } from './glass';

const MOMENTS = {
  opening: 'index.html',
  decrypt: 'index.html?step=decrypt',
  agree: 'index.html?handshake=ecdhe&step=agree',
  read: 'index.html?step=read',
} as const;

const SIZES = [
  [1280, 800],
  [768, 1024],
  [375, 667],
] as const;

for (const [moment, address] of Object.entries(MOMENTS)) {
  test(`a picture of ${moment} at each width`, async ({ glass, page }, info) => {
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await glass.ready(address);
      await expect(page.locator('.primary, .panel .caption').first()).toBeInViewport();
      const picture = await page.screenshot({ path: info.outputPath(`${moment}-${width}.png`) });
      await info.attach(`${moment}-${width}`, { body: picture, contentType: 'image/png' });
    }
  });
}
