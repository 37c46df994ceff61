import { join } from 'node:path';
import { test } from '../e2e/glass';

const picture = join(__dirname, '../../docs/screenshot.png');

test('the README shows the step in which the server decrypts the secret', async ({ glass, page }) => {
  await glass.ready();
  let step = '';
  while (step !== 'decrypt') step = await glass.press('ArrowRight');
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await page.screenshot({ path: picture });
});
