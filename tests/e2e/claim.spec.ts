import { expect, type Glass, test } from './glass';

/** Which of the four clients read the reply: by private key and data key. */
async function outcomes(glass: Glass): Promise<Record<string, boolean>> {
  await expect(glass.page.locator('tls-glass-claim .card')).toHaveCount(4);
  return glass.page
    .locator('tls-glass-claim .card')
    .evaluateAll((cards) =>
      Object.fromEntries(
        cards.map(({ dataset }) => [
          `${dataset.key === 'true' ? 'key' : '-'} ${dataset.dataKey === 'true' ? 'data' : '-'}`,
          dataset.reads === 'true',
        ]),
      ),
    );
}

test('RSA: the private key and the recording suffice', async ({ glass, page }) => {
  await glass.ready('embed.html?step=reply');
  await page.locator('[data-drawer=claim]').click();
  expect(await outcomes(glass)).toEqual({ '- -': false, 'key -': true, '- data': true, 'key data': true });
  await expect(page.locator('[data-conclusion="key alone"]')).toContainText('suffice');
  const chain = page.locator('.card[data-key=true][data-data-key=false] .chain');
  await expect(chain.locator('li').first()).toContainText(
    /shared secret, encrypted\s+EncryptedPreMasterSecret, recorded/,
  );
  await expect(chain).toContainText("server's private key, given");
  await expect(chain).toContainText('pre_master_secret, computed with RSAES-PKCS1-v1_5-Decrypt');
  await expect(page.locator('.card[data-reads=true] pre').first()).toContainText('HTTP/1.1 200');
  await expect(page.locator('.card[data-key=true][data-data-key=true] .chain')).toContainText('given, and not needed');
});

test('DHE: the private key opens nothing either', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=dhe&cipher=chacha20-poly1305&step=reply');
  await page.locator('[data-drawer=claim]').click();
  expect(await outcomes(glass)).toEqual({ '- -': false, 'key -': false, '- data': true, 'key data': true });
});

test('ECDHE: the private key opens nothing', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=ecdhe&step=reply');
  await page.locator('[data-drawer=claim]').click();
  expect(await outcomes(glass)).toEqual({ '- -': false, 'key -': false, '- data': true, 'key data': true });
  await expect(page.locator('[data-conclusion="key opens nothing"]')).toContainText('opens nothing');
  const chain = page.locator('.card[data-key=true][data-data-key=false] .chain');
  await expect(chain).toContainText(/client's one-time private key\s+ephemeral private key, missing: erased at step 9/);
  await expect(chain).toContainText("server's private key, given, but nothing in this recording is encrypted to it");
});

test('can be reached from the answer of the opening view, and closed to where it was', async ({ glass, page }) => {
  await glass.ready();
  await page.locator('[data-choice=server_private_key]').click();
  const button = page.getByRole('button', { name: 'Test the claim' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('tls-glass-claim #close')).toBeFocused();
  expect(Object.values(await outcomes(glass))).toContain(true);
  await expect(page.locator('.opening')).toHaveAttribute('inert', '');
  await page.keyboard.press('Escape');
  await expect(page.locator('tls-glass-claim')).toHaveCount(0);
  await expect(button).toBeFocused();
});
