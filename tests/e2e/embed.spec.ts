import { expect, test } from './glass';

test('shows the step that the address asks for, and nothing around it', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=ecdhe&step=7&theme=dark');
  await expect(page.locator('.where')).toContainText('Step 7 of 15');
  await expect(page.locator('header')).toHaveCount(0);
  expect(await glass.element.evaluate((element) => getComputedStyle(element).colorScheme)).toBe('dark');
});

test('a seeded run is the same every time, and says that it is seeded', async ({ glass, page }) => {
  const address = `embed.html?seed=${'5a'.repeat(32)}&step=client-hello`;
  const texts: string[] = [];
  for (let i = 0; i < 2; i++) {
    await glass.ready(address);
    await glass.forEngineers();
    await page.locator('.message .button').first().click();
    texts.push(await page.locator('.hex').innerText());
  }
  expect(texts[0]).toBe(texts[1]);
  await page.keyboard.press('Escape');
  await page.locator('#more').click();
  await expect(page.locator('.menu')).toContainText('seeded');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy the seed' }).click();
  await expect(page.locator('.menu .said')).toHaveText('Copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('5a'.repeat(32));
});

test('works inside an iframe of another page', async ({ page, baseURL }) => {
  await page.setContent(
    `<iframe src="${baseURL}embed.html?step=decrypt" width="720" height="520" title="tls-glass"></iframe>`,
  );
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('.where')).toContainText('Step 7 of 13');
  await expect(frame.locator('.transport')).toBeVisible();
});
