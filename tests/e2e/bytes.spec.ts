import type { TlsGlassBytes } from '../../www/src/element/bytes/bytes-drawer';
import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { areLargeEnough, holdsUp } from './audit';
import { expect, type Glass, test } from './glass';

/** The bytes of the buffer in the drawer, from the run; and the hex dump, from the page. */
async function bothSides(glass: Glass): Promise<{ run: string; shown: string; length: number }> {
  return glass.element.evaluate((element: TlsGlassElement) => {
    const drawer = element.shadowRoot?.querySelector<TlsGlassBytes>('tls-glass-bytes');
    const run = element.run;
    if (!drawer?.buffer || !run) throw new Error('no drawer');
    const { party, scope, id } = drawer.buffer;
    const bytes = (run.buffers.get(`${party}/${scope}/${id}`) ?? run.buffers.get(`${party}/setup/${id}`))?.bytes;
    return {
      run: [...(bytes ?? [])].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      shown: (drawer.shadowRoot?.querySelector('.hex')?.textContent ?? '').replace(/\s+/g, ' ').trim(),
      length: bytes?.length ?? 0,
    };
  });
}

async function openBytes(glass: Glass, step: string, handshake = 'rsa'): Promise<void> {
  await glass.ready(`embed.html?handshake=${handshake}&step=${step}`);
  await glass.forEngineers();
  await glass.page.locator('.message .button').first().click();
  await expect(glass.page.locator('tls-glass-bytes .drawer')).toBeVisible();
}

test('the hex dump equals the buffers of the run, in every layer', async ({ glass, page }) => {
  for (const step of ['client-hello', 'identity', 'client-key', 'client-finished', 'reply']) {
    await openBytes(glass, step);
    const layers = page.locator('.layers button');
    for (let i = 0; i < (await layers.count()); i++) {
      await layers.nth(i).click();
      await expect(layers.nth(i)).toHaveAttribute('aria-pressed', 'true');
      const { run, shown, length } = await bothSides(glass);
      expect(length).toBeGreaterThan(0);
      expect(shown).toBe(run);
    }
  }
});

test('a handshake message opens first, with its record around it; what is no handshake opens as its record', async ({
  glass,
  page,
}) => {
  const pressed = page.locator('.layers button[aria-pressed=true]');
  for (const [step, kinds] of [
    ['client-hello', ['record', 'handshake']],
    ['identity', ['record', 'handshake', 'certificate', 'certificate']],
    ['server-finished', ['record']],
    ['request', ['record', 'content']],
  ] as const) {
    await openBytes(glass, step);
    await expect(pressed, step).toHaveAttribute('data-kind', kinds.find((kind) => kind === 'handshake') ?? 'record');
    const all = page.locator('.layers button');
    await expect(all, step).toHaveCount(kinds.length);
    for (const [i, kind] of kinds.entries()) await expect(all.nth(i), step).toHaveAttribute('data-kind', kind);
  }
  // An encrypted one as well, and as the step is stepped into with the drawer open.
  await glass.ready('embed.html?step=client-finished');
  await page.locator('.message .button').last().click();
  await expect(pressed).toHaveText(/Finished/);
  await expect(page.locator('.tree, [role=tree]').first()).toContainText('verify_data');
  await glass.press('Home');
  await expect(pressed).toHaveText(/ClientHello/);
  await page.locator('.layers button[data-kind=record]').click();
  await expect(pressed).toHaveAttribute('data-kind', 'record');
});

test('a certificate is taken apart by name', async ({ glass, page }) => {
  await openBytes(glass, 'identity');
  await page.locator('.layers button[data-kind=certificate]').first().click();
  const tree = page.getByRole('tree');
  for (const name of ['subject', 'issuer', 'validity', 'subjectPublicKeyInfo']) {
    await expect(tree.locator('.node code').getByText(name, { exact: true }).first()).toBeVisible();
  }
});

test('an encrypted record leads to its decrypted content', async ({ glass, page }) => {
  await openBytes(glass, 'reply');
  await page.locator('.layers button[data-kind=content]').first().click();
  await expect(page.locator('.ascii')).toContainText('HTTP/1.1');
});

test('hex and tree are linked both ways, on hover and focus', async ({ glass, page }) => {
  await openBytes(glass, 'client-hello');
  await page.locator('.layers button[data-kind=handshake]').first().click();
  const node = page.locator('.node', { has: page.getByText('random', { exact: true }) }).first();
  const id = await node.getAttribute('data-node');
  await node.hover();
  await expect(page.locator(`.leaf[data-node="${id}"]`)).toHaveClass(/\bhighlighted\b/);
  await expect(page.locator('.meaning')).toContainText('random');
  const leaf = page.locator('.leaf').nth(1);
  const other = await leaf.getAttribute('data-node');
  await leaf.hover();
  await expect(page.locator(`.node[data-node="${other}"]`)).toHaveClass(/\bhighlighted\b/);
  await leaf.click();
  await expect(page.locator(`.node[data-node="${other}"]`)).toHaveAttribute('aria-selected', 'true');
});

test('the tree and the dump have their own keys; Escape closes', async ({ glass, page }) => {
  await openBytes(glass, 'client-hello');
  await page.locator('.layers button[data-kind=handshake]').first().click();
  const chosen = page.locator('.node[aria-selected=true]');
  await chosen.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(chosen).toContainText('ClientHello');
  await expect(chosen).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(chosen).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowRight');
  await expect(chosen).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await page.locator('.leaf.chosen').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.leaf.chosen')).toBeFocused();
  await expect(chosen).toContainText('random');
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'client-hello');
  await page.keyboard.press('Escape');
  await expect(page.locator('tls-glass-bytes')).toHaveCount(0);
  await expect(page.locator('.message .button').first()).toBeFocused();
});

test('every field has an explanation and a place in an RFC', async ({ glass, page }) => {
  await openBytes(glass, 'proof', 'ecdhe');
  await page.locator('.layers button[data-kind=handshake]').first().click();
  const nodes = page.locator('.node');
  for (let i = 0; i < (await nodes.count()); i++) {
    await nodes.nth(i).hover();
    await expect(page.locator('.meaning p').nth(1)).not.toBeEmpty();
    await expect(page.locator('.meaning a')).toHaveAttribute('href', /rfc-editor\.org/);
  }
});

test('a step without bytes of its own offers the messages and values that it uses and makes', async ({
  glass,
  page,
}) => {
  await glass.ready('embed.html?step=decrypt');
  await page.locator('.drawers [data-drawer=bytes]').click();
  const drawer = page.locator('tls-glass-bytes');
  await expect(drawer.locator('h2')).toContainText('7: The server decrypts the secret');
  await expect(drawer.locator('[data-group=used] .entry')).toHaveCount(2);
  await expect(drawer.locator('[data-group=made] [data-value=pre_master_secret]')).toBeVisible();
  // A message, and back, from the keyboard alone.
  const open = drawer.getByRole('button', { name: 'Open Handshake message: ClientKeyExchange' });
  await open.focus();
  await page.keyboard.press('Enter');
  await expect(drawer.locator('#step-contents')).toBeFocused();
  const { run, shown, length } = await bothSides(glass);
  expect(length).toBeGreaterThan(256);
  expect(shown).toBe(run);
  await page.keyboard.press('Enter');
  await expect(open).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(drawer).toHaveCount(0);
});

test('a value of a step is opened and copied, as the run has it', async ({ glass, page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await glass.ready('embed.html?step=decrypt');
  await page.locator('.drawers [data-drawer=bytes]').click();
  const secret = page.locator('[data-group=made] [data-value=pre_master_secret]');
  await secret.locator('summary').focus();
  await page.keyboard.press('Enter');
  const own = await glass.element.evaluate((element: TlsGlassElement) =>
    (element.run?.units ?? [])
      .flatMap(({ unit }) => unit.events)
      .flatMap((event) => (event.type === 'computation' ? event.outputs : []))
      .filter(({ name }) => name === 'pre_master_secret')
      .flatMap(({ parts }) => parts.map(({ bytes }) => [...bytes]))
      .at(-1),
  );
  const bytes = Buffer.from(own ?? []);
  expect(bytes.length).toBe(48);
  await expect(secret.locator('.part code')).toHaveText(bytes.toString('hex').replace(/..(?=.)/g, '$& '));
  for (const [name, text] of [
    ['Copy hex', bytes.toString('hex')],
    ['Copy Base64', bytes.toString('base64')],
  ] as const) {
    await secret.getByRole('button', { name }).press('Enter');
    await expect(secret.locator('.said')).toHaveText('Copied.');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  }
});

test('where the clipboard is refused the text is there, selected', async ({ glass, page }) => {
  await glass.ready('embed.html?step=secret');
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } });
  });
  await page.locator('.drawers [data-drawer=bytes]').click();
  const secret = page.locator('[data-group=made] [data-value=pre_master_secret]');
  await secret.locator('summary').click();
  await secret.getByRole('button', { name: 'Copy hex' }).click();
  await expect(secret.locator('.said')).toHaveText(/^[0-9a-f]{96}$/);
});

test('Bytes is empty at no step', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=ecdhe&step=certificate');
  await page.locator('.drawers [data-drawer=bytes]').click();
  for (const id of (await glass.stepIds()).slice(1)) {
    expect(await glass.press('ArrowRight')).toBe(id);
    await expect(page.locator('tls-glass-bytes').locator('.hex, .entry').first(), id).toBeVisible();
  }
});

test('no violation of accessibility rules, no sideways scroll: what a step works with', async ({ glass, page }) => {
  test.slow();
  await glass.ready('embed.html?step=decrypt');
  await page.locator('.drawers [data-drawer=bytes]').click();
  for (const summary of await page.locator('.entry summary').all()) await summary.click();
  await holdsUp(glass);
  await areLargeEnough(glass, 'tls-glass-bytes :is(.button, summary):visible');
});
