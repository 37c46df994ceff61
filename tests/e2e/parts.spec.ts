// What loads when it is first needed: the drawers, the menu behind More, the words of few runs.

import { holdsUp, LOOKS } from './audit';
import { expect, type Glass, test } from './glass';

const DRAWERS = ['bytes', 'keys', 'memory', 'claim', 'terms'] as const;

/** A script of this name, at any of its addresses. */
const file = (name: string): RegExp => new RegExp(`/assets/${name}-[\\w-]{8}\\.js`);

/** The names of the scripts that were fetched from now on, without the hash that a build gives them. */
function scriptsOf({ page }: Glass): string[] {
  const names: string[] = [];
  page.on('request', (request) => {
    const [, name] = /\/assets\/([\w.-]+)-[\w-]{8}\.js/.exec(request.url()) ?? [];
    if (name) names.push(name);
  });
  return names;
}

/** What starts the network, while the rest is still on its way. */
const START = ['page-start', 'start'];
const WORKERS = ['network.worker', 'party.worker', 'search.worker'];

/** What shows the steps. It comes once a pointer or the focus is in the element, and at once where a link leads to a step. */
const STEPS = ['steps', 'step-screen'];

for (const address of ['index.html', 'embed.html']) {
  test(`a page that opens on the question fetches no steps until it is used: ${address}`, async ({ glass, page }) => {
    const scripts = scriptsOf(glass);
    await glass.ready(address);
    const own = address.startsWith('index') ? 'index' : 'embed';
    await page.waitForLoadState('networkidle');
    expect([...new Set(scripts)].sort()).toEqual([own, 'element', ...START, ...WORKERS].sort());
    scripts.length = 0;
    await page.locator('.opening').hover();
    await expect.poll(() => [...scripts].sort()).toEqual([...STEPS].sort());
  });
}

for (const address of ['index.html?step=decrypt', 'embed.html?handshake=ecdhe&step=sign']) {
  test(`a link to a step fetches the steps, and no more: ${address}`, async ({ glass, page }) => {
    const scripts = scriptsOf(glass);
    await glass.ready(address);
    const own = address.startsWith('index') ? 'index' : 'embed';
    await page.waitForLoadState('networkidle');
    expect([...new Set(scripts)].sort()).toEqual([own, 'element', ...START, ...WORKERS, ...STEPS].sort());
  });
}

test('the opening screen does not wait for what shows the steps, and stays until that is there', async ({
  glass,
  page,
}) => {
  const release = await held(glass, file('step-screen'));
  await glass.ready('index.html');
  await expect(page.locator('.opening')).toBeVisible();
  await page.locator('.opening .primary').focus();
  expect(await glass.press('ArrowRight')).toBe('client-hello');
  await expect(page.locator('.opening .status')).toHaveText('This part of the page is being loaded.');
  release();
  await expect(page.locator('.panel')).toBeFocused();
  await expect(page.locator('.where')).toContainText('Step 1 of');
});

test('a step whose screen loads after the reader went there is scrolled to', async ({ glass, page }) => {
  const release = await held(glass, file('step-screen'));
  await glass.ready('index.html');
  await glass.press('End');
  release();
  await expect(page.locator('.diagram .step.now')).toBeInViewport({ ratio: 0.5 });
});

test('each part is fetched when it is first opened, and once', async ({ glass, page }) => {
  await glass.ready('embed.html?step=decrypt');
  const scripts = scriptsOf(glass);
  for (const name of DRAWERS) {
    // What the reader looks for is searched for beside the page.
    const searching = name === 'memory' ? ['search.worker'] : [];
    for (const fetched of [[name, `${name}-drawer`, ...searching], []]) {
      scripts.length = 0;
      await page.locator(`.panel [data-drawer=${name}]`).click();
      await expect(page.locator(`tls-glass-${name} .drawer`)).toBeVisible();
      await expect.poll(() => [...scripts].sort()).toEqual([...fetched].sort());
      await page.keyboard.press('Escape');
    }
  }
  scripts.length = 0;
  await page.locator('#more').click();
  await expect(page.locator('#new-run')).toBeVisible();
  expect(scripts.sort()).toEqual(['menu', 'options-menu']);
  await glass.until('tls-glass-run', () => page.locator('select[name=clientcert]').selectOption('shown'));
  expect(scripts).toContain('further');
});

for (const script of ['bytes-drawer', 'bytes']) {
  test(`a drawer that does not load says so, closes, and is tried again: ${script}`, async ({ glass, page }) => {
    glass.expected = /Failed to load resource/;
    await page.route(file(script), (route) => route.abort());
    await glass.ready('embed.html?step=client-key');
    const button = page.locator('.drawers [data-drawer=bytes]');
    await button.focus();
    await page.keyboard.press('Enter');
    const pending = page.locator('tls-glass-pending');
    await expect(pending.getByRole('alert')).toContainText('could not be loaded');
    await expect(pending.locator('#close')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(pending).toHaveCount(0);
    await expect(button).toBeFocused();
    // Opened once more it is tried once more, and so it is on the button.
    await page.keyboard.press('Enter');
    await expect(pending.getByRole('alert')).toContainText('could not be loaded');
    await page.unroute(file(script));
    await page.keyboard.press('Tab');
    await expect(pending.locator('#retry')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('tls-glass-bytes #close')).toBeFocused();
    await expect(pending).toHaveCount(0);
  });
}

test('the message in the place of a drawer is within reach, in every look', async ({ glass, page }) => {
  glass.expected = /Failed to load resource/;
  await page.route(file('claim'), (route) => route.abort());
  await glass.ready('embed.html?step=reply');
  await page.locator('.drawers [data-drawer=claim]').click();
  await expect(page.locator('tls-glass-pending').getByRole('alert')).toContainText('could not be loaded');
  await holdsUp(glass, LOOKS);
});

/** Scripts of these names arrive when they are let through. */
async function held({ page }: Glass, script: RegExp): Promise<() => void> {
  let release = (): void => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  await page.route(script, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test('while a drawer loads its place says so, with the focus in it; the steps go on', async ({ glass, page }) => {
  const release = await held(glass, file('keys-drawer'));
  await glass.ready('embed.html?step=client-key');
  await page.locator('.drawers [data-drawer=keys]').focus();
  await page.keyboard.press('Enter');
  const pending = page.locator('tls-glass-pending');
  await expect(pending.getByRole('heading')).toHaveText('Keys');
  await expect(pending.getByRole('status')).toHaveText('This part of the page is being loaded.');
  await expect(pending.locator('#close')).toBeFocused();
  await expect(page.locator('.stage')).toHaveAttribute('inert', '');
  expect(await glass.press('ArrowRight')).toBe('decrypt');
  release();
  await expect(page.locator('tls-glass-keys #close')).toBeFocused();
  await expect(page.locator('tls-glass-keys .head small')).toHaveText('after step 7');
});

test('a drawer opened while another one loads stays, with the focus', async ({ glass, page }) => {
  const release = await held(glass, file('bytes-drawer'));
  await glass.ready('embed.html?step=client-key');
  await page.locator('.drawers [data-drawer=bytes]').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('tls-glass-pending #close')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.locator('.drawers [data-drawer=keys]').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('tls-glass-keys #close')).toBeFocused();
  const arrived = page.waitForResponse(file('bytes-drawer'));
  release();
  await (await arrived).finished();
  await page.evaluate(() => customElements.whenDefined('tls-glass-bytes').then(() => undefined));
  await expect(page.locator('tls-glass-keys #close')).toBeFocused();
  await expect(page.locator('tls-glass-bytes')).toHaveCount(0);
});

test('a menu that does not load says so, and is tried again', async ({ glass, page }) => {
  glass.expected = /Failed to load resource/;
  await page.route(file('options-menu'), (route) => route.abort());
  await glass.ready('index.html?step=1');
  await page.locator('#more').click();
  await expect(page.locator('.menu').getByRole('alert')).toContainText('could not be loaded');
  await page.unroute(file('options-menu'));
  await page.locator('.menu #retry').click();
  await expect(page.locator('#new-run')).toBeVisible();
});

for (const [script, address, step] of [
  ['further', 'embed.html?clientcert=shown&step=client-sign', 'client-sign'],
  ['step-screen', 'embed.html?step=decrypt', 'decrypt'],
  ['steps', 'index.html?step=decrypt', 'decrypt'],
] as const) {
  test(`where what shows a step does not load, the page says so, and tries again: ${script}`, async ({
    glass,
    page,
  }) => {
    glass.expected = /Failed to load resource/;
    await page.route(file(script), (route) => route.abort());
    await glass.ready(address);
    await expect(page.getByRole('alert')).toContainText('could not be loaded');
    await page.unroute(file(script));
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.locator('.step.now')).toHaveAttribute('data-step', step);
  });
}
