import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { expect, type Glass, test } from './glass';

const RSA =
  'certificate client-hello server-hello identity verify secret client-key decrypt data-keys client-finished server-finished request reply read close';
const ECDHE =
  'certificate client-hello server-hello identity sign proof verify client-key agree erase data-keys client-finished server-finished request reply read close';

const SHOWN =
  'certificate client-hello server-hello identity ask verify client-identity client-check secret client-key decrypt data-keys client-sign client-proof client-verify client-finished server-finished request reply read close';
const ANONYMOUS =
  'certificate client-hello server-hello server-key client-key agree erase data-keys client-finished server-finished request reply read close';

const SCENARIOS = [
  { address: 'embed.html?handshake=rsa', ids: RSA },
  { address: 'embed.html?handshake=rsa&cipher=aes-256-gcm', ids: RSA },
  { address: 'embed.html?handshake=ecdhe', ids: ECDHE },
  { address: 'embed.html?handshake=ecdhe&group=secp256r1&cipher=aes-256-gcm', ids: ECDHE },
  { address: 'embed.html?handshake=ecdhe&certificate=ecdsa', ids: ECDHE },
  { address: 'embed.html?handshake=ecdhe&cipher=aes-128-cbc', ids: ECDHE },
  { address: 'embed.html?handshake=dhe', ids: ECDHE },
  { address: 'embed.html?clientcert=shown', ids: SHOWN },
  {
    address: 'embed.html?clientcert=none&handshake=ecdhe',
    ids: ECDHE.replace('proof verify', 'proof ask verify client-identity'),
  },
  {
    address: 'embed.html?clientcert=untrusted',
    ids: 'certificate client-hello server-hello identity ask verify client-identity client-check alert',
  },
  {
    address: 'embed.html?clientcert=missing&handshake=dhe',
    ids: 'certificate client-hello server-hello identity sign proof ask verify client-identity alert',
  },
  { address: 'embed.html?handshake=dh-anon', ids: ANONYMOUS },
  { address: 'embed.html?handshake=dhe&group=ffdhe3072&cipher=chacha20-poly1305', ids: ECDHE },
];

const words = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

for (const { address, ids } of SCENARIOS) {
  test(`steps to the end, explaining each step, and back: ${address}`, async ({ glass, page }) => {
    await glass.ready(address);
    expect(await glass.stepIds()).toEqual(ids.split(' '));
    for (const id of ids.split(' ')) {
      expect(await glass.goOn(id)).toBe(id);
      const panel = page.locator('.panel');
      await expect(panel.locator('h2')).not.toBeEmpty();
      const caption = await panel.locator('.caption').innerText();
      expect(words(caption), caption).toBeLessThanOrEqual(22);
      expect(words(caption), caption).toBeGreaterThan(3);
      const all = await panel.innerText();
      expect(all).not.toMatch(/[{}]|undefined|NaN|\[object/);
      // A placeholder filled with nothing leaves a gap or a bare mark.
      expect(all).not.toMatch(/ [.,;:]|\(\)\s*pass/);
      await expect(page.locator('.step.now')).toHaveAttribute('data-step', id);
    }
    for (const id of ids.split(' ').reverse().slice(1)) expect(await glass.press('ArrowLeft')).toBe(id);
    expect(await glass.press('ArrowLeft')).toBe('question');
  });
}

test("the client's box says last that the server's private key is not found, at every step", async ({
  glass,
  page,
}) => {
  await glass.ready();
  for (const id of await glass.stepIds()) {
    await glass.goOn(id);
    const keys = page.locator('.party.client .keys > li');
    await expect(keys.last()).toHaveAttribute('data-value', 'server_private_key');
    await expect(keys.last()).toContainText('not found');
    expect(await keys.count()).toBeLessThanOrEqual(5);
  }
});

test('chips follow what the searches find', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=ecdhe&step=agree');
  await expect(page.locator('.party.client [data-value=pre_master_secret]')).toHaveAttribute('data-state', 'new');
  await expect(page.locator('.party.client [data-value=client_ephemeral_private_key]')).toContainText('used now');
  await glass.press('ArrowRight');
  await expect(page.locator('.party.client [data-value=client_ephemeral_private_key]')).toContainText('erased');
  await expect(page.locator('.party.server [data-value=server_ephemeral_private_key]')).toContainText('erased');
});

test("a value is called by its plain name, and beside it, in an element of its own, by its RFC's", async ({
  glass,
  page,
}) => {
  await glass.ready('embed.html?step=secret');
  for (const place of ['.party.client .key[data-value=pre_master_secret]', '.step.now .work', '.caption', '.value']) {
    const named = page.locator(place).first();
    await expect(named).toContainText('shared secret');
    await expect(named.locator('code.rfc')).toHaveText('pre_master_secret');
  }
  await page.locator('.drawers [data-drawer=keys]').click();
  const row = page.locator('tls-glass-keys tr[data-value=pre_master_secret] th');
  await expect(row.locator('.plain')).toHaveText('shared secret');
  await expect(row.locator('.rfc')).toHaveText('pre_master_secret');
  const size = (selector: string) =>
    row.locator(selector).evaluate((node) => Number.parseFloat(getComputedStyle(node).fontSize));
  expect(await size('.rfc')).toBeLessThan(await size('.plain'));
});

test('the box in which the private key is used shows its glyph', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=rsa&step=decrypt');
  await expect(page.locator('.step.now .work.server .glyph')).toBeVisible();
  await expect(page.locator('.step.now .work.server')).toContainText(/Decrypt the shared secret\s+pre_master_secret/);
  // What is drawn before it, whatever the ciphertext, comes first.
  await expect(page.locator('.formula')).toContainText(['R =', 'pre_master_secret =']);
});

test('toggles between RSA and ECDHE and keeps the step', async ({ glass, page }) => {
  await glass.ready('index.html');
  for (let i = 0; i < 4; i++) await glass.press('ArrowRight');
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'verify');
  await glass.until('tls-glass-run', () => page.locator('[data-handshake=ecdhe]').click());
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'verify');
  await expect(page.locator('.where')).toContainText('Step 6 of 15');
  await glass.until('tls-glass-run', () => page.locator('[data-handshake=rsa]').click());
  await expect(page.locator('.where')).toContainText('Step 4 of 13');
});

test('toggles where the other handshake has no such step, or fewer', async ({ glass, page }) => {
  await glass.ready('embed.html?handshake=ecdhe&step=close');
  await glass.until('tls-glass-run', () => page.locator('[data-handshake=rsa]').click());
  await expect(page.locator('.step.now')).toHaveAttribute('data-step', 'close');
  await glass.until('tls-glass-run', () => page.locator('[data-handshake=ecdhe]').click());
  await page.locator('[data-stop=sign]').click();
  await glass.until('tls-glass-run', () => page.locator('[data-handshake=rsa]').click());
  await expect(page.locator('.where')).toContainText('Step 4 of 13');
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
});

test('RSA is labelled deprecated', async ({ glass, page }) => {
  await glass.ready();
  await expect(page.locator('[data-handshake=rsa]')).toContainText('deprecated');
});

test('each message of a flight can be selected', async ({ glass, page }) => {
  await glass.ready('embed.html?step=identity');
  const messages = page.locator('.step.now .arrow');
  await expect(messages).toHaveCount(2);
  await messages.nth(1).click();
  await expect(page.locator('.message.chosen')).toContainText('ServerHelloDone');
  await messages.nth(0).click();
  await expect(page.locator('.message.chosen')).toContainText('Certificate');
});

test('Eve keeps every record, and says what she lacks', async ({ glass, page }) => {
  await glass.ready('embed.html?step=identity');
  const eve = page.locator('.party.eavesdropper');
  await expect(eve).toContainText('4 records kept, all readable.');
  // As long as all is readable, that is all that is said of her.
  await expect(eve).toHaveClass(/quiet/);
  await expect(eve.locator('.key')).toHaveCount(0);
  await glass.until('tls-glass-step', () => page.locator('[data-stop=client-key]').click());
  await expect(eve).not.toHaveClass(/quiet/);
  await expect(eve.locator('[data-value=server_public_key]')).toHaveAttribute('data-state', 'held');
  await expect(eve).toContainText(
    "5 records kept, all readable but one field. To read it she lacks: the server's private key.",
  );
  await glass.until('tls-glass-step', () => page.locator('[data-stop=reply]').click());
  await expect(eve).toContainText("To read this reply she lacks: the server's private key.");
  await glass.until('tls-glass-run', () => page.locator('[data-handshake=ecdhe]').click());
  await expect(eve).toContainText('To read this reply she lacks: a one-time private key, erased at 9.');
});

test('an alert is named with what it says', async ({ glass, page }) => {
  await glass.ready('embed.html?step=close');
  await expect(page.locator('.step.now .arrow .title')).toHaveText(['Alert: close_notify', 'Alert: close_notify']);
});

test('ChangeCipherSpec is a record of its own, in the clear', async ({ glass, page }) => {
  await glass.ready('embed.html?step=client-finished');
  const arrows = page.locator('.step.now .arrow');
  await expect(arrows.nth(0)).toContainText('ChangeCipherSpec');
  await expect(arrows.nth(0).locator('.line')).toHaveClass(/\bnone\b/);
  await expect(arrows.nth(1)).toContainText('Finished');
  await expect(arrows.nth(1).locator('.line')).toHaveClass(/\bapp\b/);
});

test('a new run and a new server key', async ({ glass, page }) => {
  await glass.ready('index.html?step=1');
  const before = await randomAndKey(glass);
  await page.locator('#more').click();
  await glass.until('tls-glass-run', () => page.locator('#new-run').click());
  const again = await randomAndKey(glass);
  expect(again.random).not.toBe(before.random);
  expect(again.key).toBe(before.key);
  await glass.until('tls-glass-run', () => page.locator('#new-key').click());
  expect((await randomAndKey(glass)).key).not.toBe(before.key);
});

test('the cipher can be chosen under More', async ({ glass, page }) => {
  await glass.ready('index.html?step=1');
  await page.locator('#more').click();
  await glass.until('tls-glass-run', () => page.locator('select[name=cipher]').selectOption('aes-256-gcm'));
  const suite = await glass.element.evaluate((element: TlsGlassElement) => element.run?.negotiated?.cipherSuite);
  expect(suite).toContain('AES_256_GCM_SHA384');
});

function randomAndKey(glass: Glass): Promise<{ random: string; key: string }> {
  return glass.element.evaluate((element: TlsGlassElement) => {
    const of = (name: string) => {
      for (const { unit } of element.run?.units ?? []) {
        for (const event of unit.events) {
          const values =
            event.type === 'held'
              ? [event.value]
              : event.type === 'computation'
                ? [...event.inputs, ...event.outputs]
                : [];
          const found = values.find((value) => value.name === name);
          if (found) return String(found.parts[0]?.bytes);
        }
      }
      return '';
    };
    return { random: of('client_random'), key: of('server_public_key') };
  });
}
