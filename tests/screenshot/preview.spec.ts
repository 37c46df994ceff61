import { join } from 'node:path';
import { PICTURE } from '../../www/build/link-preview';
import { expect, test } from '../e2e/glass';

const { name, width, height } = PICTURE;

// Room for what stands below the keys: it is not in the picture.
test.use({ viewport: { width, height: height + 72 } });

test('a link to the page shows its question and its figure', async ({ glass, page }) => {
  await glass.ready(`embed.html?theme=light&seed=${'5a'.repeat(32)}`);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const keys = await page.locator('.try').boundingBox();
  expect((keys?.y ?? height) + (keys?.height ?? 0)).toBeLessThanOrEqual(height);
  await page.screenshot({ path: join(__dirname, '../../www/public', name), clip: { x: 0, y: 0, width, height } });
});
