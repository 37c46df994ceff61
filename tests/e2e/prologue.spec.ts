import { expect, test } from './glass';

test('the first step is what the client offers, and how the server got its certificate is offered there', async ({
  glass,
  page,
}) => {
  await glass.ready('index.html');
  const { id } = await glass.until('tls-glass-step', () =>
    page.getByRole('button', { name: 'Watch the connection' }).click(),
  );
  expect(id).toBe('client-hello');
  await expect(page.locator('.where')).toContainText('Step 1 of 13');
  const first = page.getByRole('button', { name: 'First: how the server got its certificate' });
  expect(await glass.until('tls-glass-step', () => first.click())).toMatchObject({ id: 'certificate', index: 0 });
  await expect(page.locator('.where')).toHaveText('Before the first step, authority and server');
  await expect(page.locator('.stop[aria-current]')).toHaveAttribute('data-stop', 'certificate');
  await expect(page.locator('.stop[aria-current]')).toHaveAccessibleName(/^the beginning: /);
  await expect(first).toHaveCount(0);
  expect(await glass.press('ArrowRight')).toBe('client-hello');
  await glass.press('ArrowRight');
  await expect(first).toHaveCount(0);
});

for (const [name, act] of [
  ['Back', '#back'],
  ['its stop', '[data-stop=certificate]'],
] as const) {
  test(`${name} leads from the first step to what comes before it, and from there to the question`, async ({
    glass,
    page,
  }) => {
    await glass.ready('index.html?step=1');
    await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'client-hello');
    expect(await glass.until('tls-glass-step', () => page.locator(act).click())).toMatchObject({ id: 'certificate' });
    expect(await glass.until('tls-glass-step', () => page.locator('#back').click())).toMatchObject({ id: 'question' });
  });
}

test('a link to it leads there, before the run is there as well, and playing goes on from it', async ({
  glass,
  page,
}) => {
  await page.clock.install();
  await glass.ready('embed.html?step=certificate');
  await expect(page.locator('.where')).toContainText('Before the first step');
  await expect(page.locator('#back')).toHaveAttribute('aria-disabled', 'false');
  await page.locator('[data-drawer=keys]').click();
  await expect(page.locator('tls-glass-keys .head small')).toHaveText('before the first step');
  await page.keyboard.press('Escape');
  await page.locator('#play').click();
  await page.clock.runFor(60_000);
  await expect(page.locator('.where')).toContainText(/Step \d+ of 13/);
});

test('a number from when the certificate was step 1 still leads to a step: the last one to the end', async ({
  glass,
  page,
}) => {
  await glass.ready('index.html?step=15');
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'close');
  await expect(page.locator('.problems')).toHaveCount(0);
});

test('where both got certificates, that is what is offered; a resumed connection begins with the earlier one', async ({
  glass,
  page,
}) => {
  await glass.ready('embed.html?clientcert=shown&step=1');
  await page.getByRole('button', { name: 'First: how both got their certificates' }).click();
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'certificate');
  await glass.ready('embed.html?resumption=session-id&step=1');
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'session');
  await expect(page.locator('.where')).toContainText('Step 1 of 9');
  await page.getByRole('button', { name: 'First: how the server got its certificate' }).click();
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'certificate');
});
