import { execFileSync } from 'node:child_process';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { expect, type Glass, test } from './glass';

async function openMemory(glass: Glass, address = 'embed.html?step=decrypt'): Promise<void> {
  await glass.ready(address);
  await glass.page.locator('[data-drawer=memory]').click();
  await searched(glass);
}

async function searched(glass: Glass): Promise<void> {
  await expect(glass.page.locator('.results')).toHaveAttribute('data-found', 'done');
}

/** How many matches each party's memory has, as the page says it. */
async function totals(glass: Glass): Promise<Record<string, number>> {
  await searched(glass);
  return glass.page
    .locator('.results li')
    .evaluateAll((items) => Object.fromEntries(items.map((item) => [item.dataset.party, Number(item.dataset.total)])));
}

const NOWHERE = { authority: 0, client: 0, eavesdropper: 0, server: 0 };

/** The private exponent of this run's server key, in hexadecimal. */
function exponent(glass: Glass): Promise<string> {
  return glass.element.evaluate((element: TlsGlassElement) => {
    for (const { unit } of element.run?.units ?? []) {
      for (const event of unit.events) {
        if (event.type !== 'held' || event.value.name !== 'server_private_key') continue;
        const bytes = event.value.parts.find((part) => part.name === 'd')?.bytes ?? [];
        return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      }
    }
    throw new Error('no private key');
  });
}

test("is prefilled with the server's private key, and finds it in the server's memory alone", async ({
  glass,
  page,
}) => {
  await openMemory(glass);
  await expect(page.locator('#needle')).toHaveValue(await exponent(glass));
  await expect(page.locator('#read')).toHaveText('Read as hexadecimal: 256 bytes.');
  expect(await totals(glass)).toEqual({ ...NOWHERE, server: 1 });
  await expect(page.locator('.results li[data-party=client]')).toContainText('not found');
});

test('finds whichever value is chosen, at every step it is there', async ({ glass, page }) => {
  await openMemory(glass);
  await page.locator('#what').selectOption({ label: 'shared secret, pre_master_secret' });
  expect(await totals(glass)).toEqual({ ...NOWHERE, client: 1, server: 1 });
  await glass.press('ArrowLeft');
  expect(await totals(glass)).toEqual({ ...NOWHERE, client: 1 });
  await glass.press('ArrowRight');
  await glass.press('ArrowRight');
  expect(await totals(glass)).toEqual(NOWHERE);
});

test("finds bytes and text of the reader's own, and says how they were read", async ({ glass, page }) => {
  await openMemory(glass, 'embed.html?step=read');
  await page.locator('#needle').fill('HTTP/1.1 200 OK');
  await expect(page.locator('#read')).toHaveText('Read as text: 15 bytes in UTF-8.');
  await expect.poll(() => totals(glass)).toMatchObject({ authority: 0, client: 1, eavesdropper: 0 });
  await page.locator('#needle').fill('48 54 54 50 2f 31 2e 31 20 32 30 30');
  await expect(page.locator('#read')).toHaveText('Read as hexadecimal: 12 bytes.');
  await expect.poll(() => totals(glass)).toMatchObject({ client: 1, eavesdropper: 0 });
  await page.locator('#needle').fill('no such words in any memory');
  await expect.poll(() => totals(glass)).toEqual(NOWHERE);
  await page.locator('[data-notation=hex]').click();
  await expect(page.locator('#read')).toContainText('not hexadecimal');
  await expect(page.locator('.results')).toHaveAttribute('data-found', 'nothing');
});

test('the picture has a text alternative: size, in use, what was found where', async ({ glass, page }) => {
  await openMemory(glass);
  const address = await page.locator('.results li[data-party=server] .address').innerText();
  const picture = (party: string) => page.locator(`.memory[data-party=${party}] canvas`);
  await expect(picture('server')).toHaveAccessibleName(
    new RegExp(
      `Picture of the server's memory: [\\d.]+ KiB, \\d+ KiB in use.*server's private key, 1 copy, the first at ${address}`,
    ),
  );
  await expect(picture('client')).toHaveAccessibleName(/shared secret, 1 copy/);
  await expect(picture('client')).not.toHaveAccessibleName(/private key/);
  await expect(page.locator('.memory[data-party=server] .legend')).toContainText("server's private key");
  await expect(page.locator('.memory[data-party=server] .stack')).toContainText(
    /stack, 256 KiB: overwritten with zeros/,
  );
});

test('the picture has its pixels, and a click on it shows the bytes there', async ({ glass, page }) => {
  await openMemory(glass);
  const canvas = page.locator('.memory[data-party=client] canvas');
  const painted = await canvas.evaluate((element: HTMLCanvasElement) => {
    const data = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data ?? [];
    return data.filter((value, index) => index % 4 === 3 && value > 0).length;
  });
  expect(painted).toBeGreaterThan(1000);
  await canvas.click({ position: { x: 40, y: 20 } });
  await expect(page.locator('.hex-view')).toHaveAttribute('data-party', 'client');
  await expect(page.locator('.hex-page')).toBeFocused();
});

test('the hex view shows what was found, byte for byte, and turns pages', async ({ glass, page }) => {
  await openMemory(glass);
  const d = await exponent(glass);
  await page.locator('.results li[data-party=server] .address').click();
  await expect(page.locator('.hex-here li[data-part=d]')).toContainText("server's private key, d");
  const marked = (await page.locator('.hex-page mark.hit').allInnerTexts()).join('').replace(/\s/g, '');
  expect(marked.length).toBeGreaterThan(400);
  expect(d.startsWith(marked)).toBe(true);
  const first = () => page.locator('.hex-row .at').first().innerText();
  const start = Number(await first());
  await page.locator('#next').click();
  expect(Number(await first())).toBe(start + 256);
  await expect(page.locator('#next')).toBeFocused();
  await page.locator('.hex-page').focus();
  await page.keyboard.press('PageUp');
  expect(Number(await first())).toBe(start);
  await page.locator('#address').fill('0x10');
  await page.keyboard.press('Enter');
  await expect(page.locator('.hex-row .at').first()).toHaveText('0x000000');
  await page.locator('#address').fill('ffffffff');
  await page.keyboard.press('Enter');
  await expect(page.locator('.go .said')).toContainText('Addresses go from 0x0');
  await page.locator('#all-memories').click();
  await expect(page.locator('.memory')).toHaveCount(4);
});

test('a planted key is found, and the page says loudly why; taken out, all is as before', async ({ glass, page }) => {
  await openMemory(glass);
  const before = await exponent(glass);
  await glass.until('tls-glass-run', () => page.locator('#plant').click());
  expect(await exponent(glass)).toBe(before);
  await expect.poll(() => totals(glass)).toEqual({ ...NOWHERE, client: 1, server: 1 });
  const alert = page.getByRole('alert');
  await expect(alert).toContainText("The search found the server's private key in the client's memory.");
  await expect(alert).toContainText("at step 7 the page itself posted the key into the client's worker");
  const address = await page.locator('.results li[data-party=client] .address').innerText();
  await expect(alert.locator('.address')).toHaveText(address);
  await expect(page.locator('.strip [data-party=client]')).toHaveAttribute('data-found', 'true');
  await expect(page.locator('.posted li[data-party=client]')).toHaveAttribute('data-found', 'true');
  await expect(page.locator('#plant')).toBeFocused();
  expect(new URL(page.url()).search).toBe('?step=decrypt');
  expect(await glass.element.evaluate((element) => element.getAttributeNames().join())).not.toContain('plant');

  await page.keyboard.press('Escape');
  const chip = page.locator('.party.client [data-value=server_private_key]');
  await expect(chip).toContainText('found, not declared');
  await page.locator('[data-drawer=keys]').click();
  await expect(cellOf(glass, 'client')).toContainText('found, not declared');
  await expect(cellOf(glass, 'client')).toContainText('declaration and search disagree');
  await page.keyboard.press('Escape');
  // Before it is planted it is not there, after that it stays.
  await glass.press('ArrowLeft');
  await expect(alert).toBeEmpty();
  await expect(page.locator('.banner.quiet')).toContainText('at step 7');
  await expect(chip).toContainText('not found');
  await glass.press('End');
  await expect(alert).toContainText('You planted it');

  await glass.until('tls-glass-run', () => page.locator('[data-act=take-out]').click());
  await expect(page.locator('.banner')).toHaveCount(0);
  await expect(page.locator('.strip [data-party=client]')).toHaveAttribute('data-found', 'false');
  await expect(chip).toContainText('not found');
  expect(await glass.element.evaluate((element) => element.shadowRoot?.activeElement !== null)).toBe(true);
});

function cellOf(glass: Glass, party: string) {
  return glass.page.locator(`tls-glass-keys tr[data-value=server_private_key] td[data-party=${party}]`);
}

test('a downloaded memory is whole, and the commands shown find in it what the page finds', async ({ glass, page }) => {
  await openMemory(glass);
  const folder = mkdtempSync(join(tmpdir(), 'memory-'));
  for (const party of ['server', 'client']) {
    const card = page.locator(`.memory[data-party=${party}]`);
    const [download] = await Promise.all([page.waitForEvent('download'), card.locator('[data-act=download]').click()]);
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    const size = await glass.element.evaluate(
      (element: TlsGlassElement, party) => element.run?.looks.find((look) => look.party === party)?.image.size,
      party,
    );
    expect(statSync(file).size).toBe(size);
    await card.locator('summary').click();
    const command = (name: string) => card.locator(`[data-command=${name}] pre`).innerText();
    const run = (line: string) => execFileSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' }).trim();
    const addresses = await page.locator(`.results li[data-party=${party}] .address`).allInnerTexts();
    expect(addresses).toHaveLength(party === 'server' ? 1 : 0);
    const said = JSON.parse(run(await command('python')).replaceAll("'", '"')) as string[];
    expect(said.map(Number)).toEqual(addresses.map(Number));
    expect(Number(run(await command('count')))).toBe(addresses.length);
  }
});

test('says what the search cannot show, with what was posted into the workers', async ({ glass, page }) => {
  await openMemory(glass);
  const limits = page.locator('tls-glass-memory .limits');
  await expect(limits).toContainText('bytes, not for information');
  await expect(limits).toContainText('JavaScript heap');
  const posted = await glass.element.evaluate((element: TlsGlassElement) => {
    const { run } = element;
    const last = run?.steps.find((step) => step.id === 'decrypt')?.units.at(-1) ?? -1;
    return run?.postings.filter((posting) => posting.party === 'client' && posting.unit < last).length;
  });
  await expect(limits.locator('[data-party=client]')).toContainText(`${posted} messages`);
  await expect(limits.locator('[data-party=client]')).toContainText('not found');
  await page.keyboard.press('Escape');
  await glass.press('Home');
  while ((await glass.press('ArrowLeft')) !== 'question');
  await expect(page.locator('.opening .limits')).toContainText('JavaScript heap');
});

for (const width of [1280, 768, 375]) {
  test(`no marker covers a label, at ${width} px`, async ({ glass, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await openMemory(glass, 'embed.html?handshake=ecdhe&step=data-keys');
    const { pins, labels, covered } = await page.locator('tls-glass-picture').evaluateAll((pictures) => {
      const found = { pins: 0, labels: 0, covered: [] as string[] };
      for (const picture of pictures) {
        const all = (selector: string) => [...(picture.shadowRoot?.querySelectorAll(selector) ?? [])];
        const overlap = (a: Element, b: Element) => {
          const [x, y] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
          return x.left < y.right && y.left < x.right && x.top < y.bottom && y.top < x.bottom;
        };
        const [pins, labels] = [all('.pin'), all('.region')];
        found.pins += pins.length;
        found.labels += labels.length;
        for (const pin of pins) {
          for (const label of labels) if (overlap(pin, label)) found.covered.push(label.textContent ?? '');
        }
      }
      return found;
    });
    expect(pins).toBeGreaterThan(4);
    expect(labels).toBeGreaterThan(4);
    expect(covered).toEqual([]);
  });
}
