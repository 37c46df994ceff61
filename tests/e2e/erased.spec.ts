import { expect, test } from './glass';

test('a one-time private key: one copy before, none after, at its address', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=ecdhe&step=erase');
  await glass.forEngineers();
  for (const party of ['client', 'server']) {
    const card = page.locator(`[data-erased=${party}_ephemeral_private_key]`);
    const place = card.locator(`.erased-copy[data-party=${party}]`);
    await expect(place).toHaveAttribute('data-before', '1');
    await expect(place).toHaveAttribute('data-after', '0');
    const [before, after] = (await place.locator('code').allInnerTexts()).map((text) => text.split(' '));
    expect(before).toHaveLength(32);
    expect(after).toHaveLength(32);
    // Other things may be in that place by now, whose bytes can be those of the key by chance: not five of them.
    const kept = before?.filter((byte, at) => byte !== '00' && byte === after?.[at]);
    expect(kept?.length).toBeLessThan(5);
  }
});

test('pre_master_secret goes with master_secret made, in both; all secrets go at the close', async ({
  glass,
  page,
}) => {
  await glass.ready('embed.html?step=data-keys');
  await glass.forEngineers();
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
  await glass.forEngineers();
  const link = page.locator('.erased-copy[data-party=client] .address').first();
  const address = await link.innerText();
  await link.click();
  await expect(page.locator('.hex-view')).toHaveAttribute('data-at', String(Number(address)));
  await expect(page.locator('.hex-here li[data-value=client_ephemeral_private_key]')).toHaveCount(0);
  await glass.press('ArrowLeft');
  await expect(page.locator('.hex-view')).toHaveAttribute('data-at', String(Number(address)));
  await expect(page.locator('.hex-here li[data-value=client_ephemeral_private_key]')).toContainText(address);
});
