import { expect, test } from './glass';

test('a one-time private key: one copy before, none after, at its address', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=ecdhe&step=erase');
  for (const party of ['client', 'server']) {
    const card = page.locator(`[data-erased=${party}_ephemeral_private_key]`);
    const place = card.locator(`.erased-copy[data-party=${party}]`);
    await expect(place).toHaveAttribute('data-before', '1');
    await expect(place).toHaveAttribute('data-after', '0');
    const [before, after] = await place.locator('code').allInnerTexts();
    expect(before?.split(' ')).toHaveLength(32);
    expect(after?.split(' ')).toHaveLength(32);
    // What the allocator keeps of free memory takes a few bytes; the key is gone.
    expect(after?.split(' ').filter((byte) => byte === '00').length).toBeGreaterThanOrEqual(20);
    expect(after).not.toBe(before);
  }
});

test('pre_master_secret goes with master_secret made, in both; all secrets go at the close', async ({
  glass,
  page,
}) => {
  await glass.ready('embed.html?step=data-keys');
  const places = page.locator('[data-erased=pre_master_secret] .erased-copy');
  await expect(places).toHaveCount(2);
  for (const place of await places.all()) {
    await expect(place).toHaveAttribute('data-before', '1');
    await expect(place).toHaveAttribute('data-after', '0');
  }
  await glass.press('End');
  for (const name of ['master_secret', 'client_write_key', 'server_write_key']) {
    await expect(page.locator(`[data-erased=${name}] .erased-copy[data-after="0"]`)).toHaveCount(2);
  }
  await expect(page.locator('[data-erased=server_private_key]')).toHaveCount(0);
});

test('its address leads into the memory, before and after', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=ecdhe&step=erase');
  const link = page.locator('.erased-copy[data-party=client] .address').first();
  const address = await link.innerText();
  await link.click();
  await expect(page.locator('.hex-view')).toHaveAttribute('data-at', String(Number(address)));
  await expect(page.locator('.hex-here li[data-value=client_ephemeral_private_key]')).toHaveCount(0);
  await glass.press('ArrowLeft');
  await expect(page.locator('.hex-view')).toHaveAttribute('data-at', String(Number(address)));
  await expect(page.locator('.hex-here li[data-value=client_ephemeral_private_key]')).toContainText(address);
});
