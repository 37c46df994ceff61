import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { holdsUp, inLooks, LOOKS } from './audit';
import { expect, type Glass, test } from './glass';

async function choose(glass: Glass, name: string, value: string): Promise<void> {
  await glass.until('tls-glass-run', () => glass.page.locator(`select[name=${name}]`).selectOption(value));
}

/** In whose memory any search of the run on display found this value. */
function foundIn(glass: Glass, name: string): Promise<string[]> {
  return glass.element.evaluate((element: TlsGlassElement, name) => {
    const looks = (element.run?.looks ?? []).filter((look) => look.findings.some((each) => each.name === name));
    return [...new Set(looks.map((look) => look.party))];
  }, name);
}

test("a client's certificate is asked for under More, without a reload, and the step stays", async ({
  glass,
  page,
}) => {
  await glass.ready('index.html?step=verify');
  await page.locator('#more').click();
  await choose(glass, 'clientcert', 'shown');
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'verify');
  await expect(page.locator('.where')).toContainText('Step 5 of 19');
  await page.locator('[data-stop=client-check]').click();
  await page.locator('#more').click();
  await choose(glass, 'clientcert', 'off');
  // There is no such step any more: the one at its place.
  await expect(page.locator('.where')).toContainText('Step 7 of 13');
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
});

test("the client's own private key is in the client only, and the server's is not there", async ({ glass, page }) => {
  await glass.ready('embed.html?clientcert=shown');
  await expect(page.locator('.own')).toContainText("its own, and still not the server's");
  expect(await foundIn(glass, 'client_private_key')).toEqual(['client']);
  expect(await foundIn(glass, 'server_private_key')).toEqual(['server']);
  await page.locator('.primary').click();
  await glass.until('tls-glass-step', () => page.locator('[data-stop=client-sign]').click());
  const keys = page.locator('.party.client .keys > li');
  await expect(keys.first()).toHaveAttribute('data-value', 'client_private_key');
  await expect(keys.first()).toContainText('used now');
  await expect(keys.last()).toHaveAttribute('data-value', 'server_private_key');
  await expect(keys.last()).toContainText('not found');
  await expect(page.locator('.caption')).toContainText("The server's private key in its memory: not found.");
  await expect(page.locator('.step.now .work.client .glyph')).toBeVisible();
  await expect(page.locator('.formula')).toContainText("client's private key");
});

test('a certificate of an authority that is not trusted: which check noticed, which alert, what was not reached', async ({
  glass,
  page,
}) => {
  await glass.ready('embed.html?clientcert=untrusted&step=client-check');
  const failed = page.locator('.picture [data-check]');
  await expect(failed).toHaveCount(1);
  await expect(failed).toHaveAttribute('data-check', 'certificate_path');
  await expect(failed).toHaveAttribute('data-outcome', 'failed');
  await expect(failed.locator('.note')).toContainText('No trusted authority');
  await expect(page.locator('.checks [data-check=certificate_dates]').first()).toHaveAttribute(
    'data-outcome',
    'passed',
  );
  // The alert is for the step that it ends the connection in.
  await expect(page.locator('.panel')).not.toContainText('unknown_ca');
  await expect(page.locator('.step.now .noticed')).toContainText('no chain leads from the certificate');
  await expect(page.locator('.where')).toContainText('Step 7 of 19');
  expect(await glass.press('ArrowRight')).toBe('alert');
  await expect(page.locator('.step.now .arrow')).toContainText('Alert: unknown_ca');
  await expect(page.locator('.caption')).toContainText('unknown_ca');
  // Once, and what it means beside it.
  expect((await page.locator('.panel').innerText()).split('unknown_ca')).toHaveLength(2);
  await expect(page.locator('.failure')).toContainText("The server's check “Path to a trusted authority” noticed it.");
  const unreached = await page
    .locator('[data-unreached]')
    .evaluateAll((all) => all.map((item) => (item as HTMLElement).dataset.unreached));
  expect(unreached).toContain('read');
  expect(unreached).not.toContain('client-check');
  await expect(page.locator('.sequence .unreached li')).toHaveCount(unreached.length);
  await expect(page.locator('#forward')).toHaveAttribute('aria-disabled', 'true');
});

test('no certificate where one is required: the message that was empty, and the alert', async ({ glass, page }) => {
  await glass.ready('embed.html?clientcert=missing&handshake=ecdhe');
  await expect(page.locator('.ask')).toContainText('The client shows no certificate.');
  await glass.press('End');
  await glass.press('ArrowLeft');
  await expect(page.locator('.step.now .arrow .title')).toHaveText('Certificate, empty');
  await expect(page.locator('.failure')).toHaveAttribute('data-noticed-by', 'server');
  await expect(page.locator('.failure')).toContainText('The client shows no certificate.');
  expect(await page.locator('.panel').innerText()).not.toContain('handshake_failure');
  await glass.press('ArrowRight');
  await expect(page.locator('.caption')).toContainText('handshake_failure');
  await expect(page.locator('.failure')).toContainText('Read the certificate chain');
});

test('anonymous DH is there for who asks for it, says that nobody knows anybody, and can be left', async ({
  glass,
  page,
}) => {
  await glass.ready('index.html');
  await expect(page.locator('[data-handshake=dh-anon]')).toHaveCount(0);
  // More comes after the first answer.
  await page.locator('[data-choice=server_public_key]').click();
  await page.locator('#more').click();
  await choose(glass, 'identity', 'anonymous');
  await expect(page.locator('[data-handshake=dh-anon]')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('[data-handshake=dh-anon]')).toContainText('deprecated');
  await expect(page.locator('.menu')).toContainText('Nobody knows who the other is');
  await expect(page.locator('select[name=clientcert]')).toBeDisabled();
  await expect(page.locator('select[name=clientcert]')).toHaveAccessibleDescription(/must not ask for it/);
  await page.locator('#more').click();
  await page.locator('[data-choice=server_private_key]').click();
  await expect(page.locator('.verdict')).toContainText('has no part in this connection');
  expect(await foundIn(glass, 'server_private_key')).toEqual(['server']);
  await page.locator('[data-choice=server_public_key]').click();
  await expect(page.locator('.verdict')).toContainText('The client does not even hold this one.');
  await page.getByRole('button', { name: 'Test the claim' }).click();
  await expect(page.locator('[data-conclusion="key opens nothing"]')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.locator('#more').click();
  // What it was before.
  await expect(page.locator('select[name=identity] option').first()).toHaveText(/the key exchange becomes RSA/);
  await choose(glass, 'identity', 'shown');
  await expect(page.locator('[data-handshake=rsa]')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('[data-handshake=dh-anon]')).toHaveCount(0);
});

test('a choice that another key exchange does not have says so, and comes back with the one that has it', async ({
  glass,
  page,
}) => {
  await glass.ready('index.html?handshake=ecdhe&step=verify');
  await page.locator('#more').click();
  await choose(glass, 'group', 'secp256r1');
  await choose(glass, 'cipher', 'chacha20-poly1305');
  const toggle = (handshake: string) =>
    glass.until('tls-glass-run', () => page.locator(`[data-handshake=${handshake}]`).click());
  await toggle('rsa');
  const cipher = page.locator('select[name=cipher]');
  await expect(cipher).toHaveValue('aes-128-gcm');
  await expect(cipher.locator('option[value=chacha20-poly1305]')).toBeDisabled();
  await expect(cipher).toHaveAccessibleDescription(
    /No RFC defines a cipher suite with RSA key exchange and ChaCha20-Poly1305/,
  );
  await expect(page.locator('select[name=group]')).toBeDisabled();
  await expect(page.locator('select[name=group]')).toHaveAccessibleDescription('RSA key exchange uses no group.');
  await toggle('dhe');
  await expect(page.locator('select[name=group]')).toHaveValue('ffdhe2048');
  await expect(page.locator('select[name=group] option[value=x25519]')).toBeDisabled();
  await toggle('ecdhe');
  await expect(cipher).toHaveValue('chacha20-poly1305');
  await expect(page.locator('select[name=group]')).toHaveValue('secp256r1');
  await expect(page.locator('[data-handshake=ecdhe]')).toHaveAttribute('aria-pressed', 'true');
});

for (const [width, height] of [
  [1280, 800],
  [768, 1024],
  [640, 480],
  [375, 667],
  [320, 568],
] as const) {
  test(`More stays where it opened, in the window, whatever is chosen in it: ${width} x ${height}`, async ({
    glass,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    for (const step of ['question', 'verify']) {
      await glass.ready(`index.html?step=${step}`);
      // On the opening screen, More comes after the first answer.
      if (step === 'question') await page.locator('[data-choice=server_public_key]').click();
      await page.locator('#more').click();
      const menu = page.locator('.menu');
      const place = await menu.boundingBox();
      expect(place?.x, step).toBeGreaterThanOrEqual(0);
      expect(place?.y, step).toBeGreaterThanOrEqual(0);
      expect((place?.x ?? 0) + (place?.width ?? width), step).toBeLessThanOrEqual(width);
      expect((place?.y ?? 0) + (place?.height ?? height), step).toBeLessThanOrEqual(height);
      for (const [name, value] of [
        ['identity', 'anonymous'],
        ['identity', 'shown'],
        ['cipher', 'aes-128-cbc'],
        ['clientcert', 'missing'],
        ['ems', 'off'],
      ] as const) {
        const select = page.locator(`select[name=${name}]`);
        await select.scrollIntoViewIfNeeded();
        await select.focus();
        const before = await select.boundingBox();
        await choose(glass, name, value);
        expect(await select.boundingBox(), `${step}: ${name}`).toEqual(before);
        await expect(select, `${step}: ${name}`).toBeFocused();
        const { x, y, width } = (await menu.boundingBox()) ?? { x: 0, y: 0, width: 0 };
        expect([x, y, width], `${step}: ${name}`).toEqual([place?.x, place?.y, place?.width]);
      }
      await page.locator('#new-key').scrollIntoViewIfNeeded();
      await expect(page.locator('#new-key')).toBeInViewport({ ratio: 1 });
      await page.keyboard.press('Escape');
      await expect(menu).toBeHidden();
      await expect(page.locator('#more')).toBeFocused();
    }
  });
}

test('what an RFC advises against is labelled with its number', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=ecdhe&cipher=aes-128-cbc&step=1');
  await page.locator('#more').click();
  const label = page.locator('select[name=cipher] option[value=aes-128-cbc]');
  await expect(label).toHaveText('AES-128-CBC with HMAC (not recommended, RFC 9325)');
  await expect(page.locator('select[name=cipher] option', { hasText: 'RFC' })).toHaveCount(1);
  await expect(page.locator('.menu')).toContainText('RFC 9325, section 4.2');
  await expect(page.locator('.menu')).not.toContainText('deprecated');
  await glass.until('tls-glass-run', () => page.locator('[data-handshake=dhe]').click());
  await expect(page.locator('.menu')).toContainText('DHE key exchange: deprecated for TLS 1.2 by RFC 10015.');
});

for (const [address, menu] of [
  ['index.html?clientcert=shown&step=certificate', true],
  ['index.html?clientcert=shown&step=client-sign', false],
  ['index.html?clientcert=untrusted&step=client-check', false],
  ['index.html?clientcert=missing&step=client-check', false],
  ['index.html?handshake=ecdhe&resumption=session-ticket&step=session', false],
  ['index.html?handshake=dh-anon', true],
  ['index.html?handshake=dh-anon&step=server-key', false],
] as const) {
  test(`no violation of accessibility rules, no sideways scroll: ${address}`, async ({ glass, page }) => {
    await glass.ready(address);
    await holdsUp(glass);
    // On the opening screen, More comes after the first answer.
    if (!address.includes('step=')) await page.locator('[data-choice=server_write_key]').click();
    await page.locator('#more').click();
    if (menu) await holdsUp(glass);
    await inLooks(glass, LOOKS, async ({ name }) => {
      // All of the menu can be reached.
      await page.locator('#new-key').scrollIntoViewIfNeeded();
      await expect(page.locator('#new-key'), name).toBeInViewport({ ratio: 1 });
    });
  });
}

for (const address of ['index.html?step=client-key', 'index.html?handshake=dh-anon&step=reply']) {
  test(`Eve's chips are not cut off: ${address}`, async ({ glass, page }) => {
    await glass.ready(address);
    await inLooks(glass, LOOKS, async ({ name, viewport }) => {
      const names = page.locator('.party.eavesdropper .key .name');
      if (viewport.width > 560) expect(await names.count(), name).toBeGreaterThan(0);
      // What is cut off has a box of its own that is too small, or lies outside of its chip.
      const cut = await names.evaluateAll((all) =>
        all.filter((name) => {
          const right = name.closest('.key')?.getBoundingClientRect().right ?? 0;
          const isClipped = name.clientWidth > 0 && name.scrollWidth > name.clientWidth;
          return isClipped || name.getBoundingClientRect().right > right;
        }),
      );
      expect(cut, name).toHaveLength(0);
    });
  });
}

test('a session is resumed by ticket: the earlier connection is one step, and the ticket key stays with the server', async ({
  glass,
  page,
}) => {
  await glass.ready('index.html?handshake=ecdhe&step=verify');
  await page.locator('#more').click();
  await choose(glass, 'resumption', 'session-ticket');
  // There is no such step any more: the one at its place.
  await expect(page.locator('.where')).toContainText('Step 6 of 10');
  expect(await foundIn(glass, 'session_ticket_key')).toEqual(['server']);
  expect(await foundIn(glass, 'server_private_key')).toEqual(['server']);
  await glass.until('tls-glass-step', () => page.locator('[data-stop=session]').click());
  await expect(page.locator('.step.now .arrow .title')).toHaveText(['NewSessionTicket']);
  await expect(page.locator('.step.now .work.client')).toContainText(['Derive the master secret', 'but the session']);
  await glass.until('tls-glass-step', () => page.locator('[data-stop=open-ticket]').click());
  await expect(page.locator('.formula')).toContainText("server's ticket key");
  await expect(page.locator('[data-check=ticket_authentic]')).toHaveAttribute('data-outcome', 'passed');
  await expect(page.locator('.party.eavesdropper')).toContainText("lacks: the server's ticket key");
  // Without what binds a session to its handshake there is none to resume.
  await page.locator('#more').click();
  await choose(glass, 'ems', 'off');
  await expect(page.locator('select[name=resumption]')).toBeDisabled();
  await expect(page.locator('select[name=resumption]')).toHaveAccessibleDescription(/RFC 7627/);
  // With it, what was chosen before is there again.
  await choose(glass, 'ems', 'on');
  await expect(page.locator('select[name=resumption]')).toHaveValue('session-ticket');
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
});

test('a session is resumed by its ID: both keep the secret, and under RSA the private key and both recordings open it', async ({
  glass,
  page,
}) => {
  await glass.ready('embed.html?handshake=rsa&resumption=session-id&step=session');
  for (const party of ['client', 'server']) {
    await expect(page.locator(`.party.${party} [data-value=master_secret]`)).toContainText('new');
  }
  await expect(page.locator('[data-stop=open-ticket]')).toHaveCount(0);
  await glass.until('tls-glass-step', () => page.locator('[data-stop=close]').click());
  await expect(page.locator('.caption')).toContainText('The session stays.');
  await page.locator('[data-drawer=claim]').first().click();
  const cards = page.locator('tls-glass-claim .card');
  await expect(cards.nth(1)).toHaveAttribute('data-reads', 'true');
  await expect(cards.nth(0)).toHaveAttribute('data-reads', 'false');
});

test('the suite is taken apart where it is chosen, and follows what is chosen', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=ecdhe&certificate=ecdsa&cipher=aes-256-gcm&step=server-hello');
  const parts = (within: string) => page.locator(`${within} .suite-parts dd`);
  await expect(parts('.panel')).toHaveText(['ECDHE', 'ECDSA', 'AES-256-GCM', 'SHA-384']);
  await page.locator('#more').click();
  await expect(parts('.suite')).toHaveText(['ECDHE', 'ECDSA', 'AES-256-GCM', 'SHA-384']);
  await expect(page.locator('.suite code')).toHaveText('TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384');
  await glass.until('tls-glass-run', () => page.locator('[data-handshake=rsa]').click());
  await expect(parts('.panel')).toHaveText(['RSA', 'RSA', 'AES-256-GCM', 'SHA-384']);
});
