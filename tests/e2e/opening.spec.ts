// The first view: one figure, one question, and nothing beside them until the reader has answered or gone on.

import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { AT_ALL_SIZES, inLooks } from './audit';
import { expect, type Glass, test } from './glass';

const KEYS = ['server_private_key', 'server_public_key', 'server_write_key'] as const;

/** What must be in view in the first view, and after an answer. */
const FIRST = ['h1', '.memory.client', '.memory.server', '.reply', '.choice', '.segments'];
const ANSWERED = ['.outcome', '.reply', '.choice', '.verdict > p:first-child'];

/**
 * What of these parts is not in view, lies over another one of them, or has text that is cut off. It runs in the page, so it uses
 * nothing from outside of itself.
 */
function faultsOf(host: Element, selectors: readonly string[]): { looked: number; faults: string[] } {
  const root = host.shadowRoot as ShadowRoot;
  const opening = root.querySelector('.opening') as HTMLElement;
  const area = opening.getBoundingClientRect();
  const bottom = Math.min(area.bottom, window.innerHeight);
  const faults: string[] = [];
  const parts = selectors.flatMap((selector) => {
    const found = [...root.querySelectorAll<HTMLElement>(selector)];
    if (found.length === 0) faults.push(`nothing matches ${selector}`);
    return found;
  });
  const nameOf = (node: Element) =>
    `${node.className || node.tagName}: ${(node.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 40)}`;
  for (const [i, part] of parts.entries()) {
    const box = part.getBoundingClientRect();
    if (box.top < area.top - 1 || box.bottom > bottom + 1 || box.left < 0 || box.right > window.innerWidth) {
      faults.push(`not in view: ${nameOf(part)}: ${Math.round(box.top)} to ${Math.round(box.bottom)}`);
    }
    for (const other of parts.slice(i + 1)) {
      const b = other.getBoundingClientRect();
      const across = Math.min(box.right, b.right) - Math.max(box.left, b.left);
      const down = Math.min(box.bottom, b.bottom) - Math.max(box.top, b.top);
      if (across > 1 && down > 1) faults.push(`${nameOf(part)} lies over ${nameOf(other)}`);
    }
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (!text.textContent?.trim() || text.parentElement?.closest('.hidden-text, .plaintext')) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      // A line of large type is set tighter than its letters could be.
      const slack = Math.max(3, Number.parseFloat(getComputedStyle(part).fontSize) / 5);
      for (const line of range.getClientRects()) {
        const isOut = line.left < box.left - 1 || line.right > box.right + 1;
        if (isOut || line.top < box.top - slack || line.bottom > box.bottom + slack) {
          faults.push(`cut: ${text.textContent.trim().slice(0, 40)} in ${nameOf(part)}`);
        }
      }
    }
  }
  if (opening.scrollWidth > opening.clientWidth) faults.push('the screen scrolls sideways');
  return { looked: parts.length, faults };
}

async function holds(glass: Glass, selectors: readonly string[], what: string): Promise<void> {
  const { looked, faults } = await glass.element.evaluate(faultsOf, selectors);
  expect(faults, what).toEqual([]);
  expect(looked, what).toBeGreaterThanOrEqual(selectors.length);
}

for (const address of ['index.html', 'embed.html', 'index.html?handshake=ecdhe']) {
  test(`at every size question, figure, keys and key exchanges are the first screen: ${address}`, async ({ glass }) => {
    await glass.ready(address);
    await inLooks(glass, AT_ALL_SIZES, async ({ name }) => {
      await holds(glass, FIRST, name);
      expect(await glass.sidewaysScroll(), name).toBeLessThanOrEqual(0);
    });
  });
}

for (const key of KEYS) {
  test(`at every size an answer opens where it is seen: ${key}`, async ({ glass, page }) => {
    for (const { viewport, name } of AT_ALL_SIZES) {
      await page.setViewportSize(viewport);
      await glass.ready('index.html');
      await page.locator(`[data-choice=${key}]`).click();
      await expect(page.locator('.verdict')).toBeVisible();
      await holds(glass, ANSWERED, `${name}, ${key}`);
    }
  });
}

test('an answer by keyboard: the focus stays on its key, and another one is a press away', async ({ glass, page }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await glass.ready('index.html');
  for (const key of KEYS) {
    const choice = page.locator(`[data-choice=${key}]`);
    await choice.focus();
    await page.keyboard.press('Enter');
    await expect(choice).toBeFocused();
    await expect(choice).toHaveAttribute('aria-expanded', 'true');
    await holds(glass, ANSWERED, key);
  }
});

test('the page says that no request goes to another site, but where a phone is so low that the step needs the room', async ({
  glass,
  page,
}) => {
  await glass.ready('index.html');
  const looks = AT_ALL_SIZES.filter(({ viewport }) => viewport.width > 480 || viewport.height > 640);
  expect(looks.length).toBe(AT_ALL_SIZES.length - 1);
  await inLooks(glass, looks, async ({ name }) => {
    const said = page.locator('header #local > :visible');
    await expect(said, name).toHaveCount(1);
    await expect(said, name).toContainText(/no request goes to another site/i);
    await expect(said, name).toBeInViewport({ ratio: 1 });
  });
});

const LATER = '.lanes, .sequence, .limits, #more, [data-drawer]';

test('nothing else competes until a key was tried', async ({ glass, page }) => {
  await glass.ready();
  await expect(page.locator('.figure')).toBeVisible();
  await expect(page.locator(LATER)).toHaveCount(0);
  await page.locator('[data-choice=server_public_key]').click();
  await expect(page.locator('#more')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Test the claim' })).toBeVisible();
  // What has come stays, with no answer open.
  await page.locator('[data-choice=server_public_key]').click();
  await expect(page.locator('.verdict')).toHaveCount(0);
  await expect(page.locator('#more')).toBeVisible();
});

test('nor until the connection was watched', async ({ glass, page }) => {
  await glass.ready();
  await expect(page.locator('#more')).toHaveCount(0);
  await page.locator('.primary').click();
  await expect(page.locator('#more')).toBeVisible();
  while ((await glass.press('ArrowLeft')) !== 'question');
  await expect(page.locator('.opening #more')).toBeVisible();
});

test('"Watch the connection" waits for what shows the steps, and then plays', async ({ glass, page }) => {
  let release = (): void => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  await page.route(/\/assets\/step-screen-/, async (route) => {
    await released;
    await route.continue();
  });
  await glass.ready();
  await page.locator('.primary').click();
  await expect(page.locator('.opening .status')).toHaveText('This part of the page is being loaded.');
  expect(await glass.until('tls-glass-play', async () => release())).toEqual({ playing: true });
  await expect(page.locator('#play')).toBeFocused();
});

test('each memory lists what its searches find, and the client that the private key is not there', async ({
  glass,
  page,
}) => {
  await glass.ready();
  const found = await glass.element.evaluate((element: TlsGlassElement) => {
    const { run } = element;
    const last = run?.steps.find(({ id }) => id === 'read')?.units.at(-1) ?? -1;
    const names = (party: string) =>
      run?.looks.findLast((look) => look.party === party && look.unit <= last)?.findings.map(({ name }) => name) ?? [];
    return { client: names('client'), server: names('server') };
  });
  for (const party of ['client', 'server'] as const) {
    for (const key of ['server_private_key', 'server_public_key', 'client_write_key'] as const) {
      const line = page.locator(`.memory.${party} [data-value=${key}]`);
      await expect(line).toHaveCount(1);
      const isThere = (found[party] as string[]).includes(key);
      expect(await line.evaluate((each) => each.classList.contains('not')), `${party}, ${key}`).toBe(!isThere);
    }
  }
  await expect(page.locator('.memory.client li').last()).toHaveText(/server's private key\s+not found/);
  await expect(page.locator('.memory.server li').first()).toHaveText(/^\s*server's private key\s*$/);
});

test('the reply stays as bytes where a key does not open it, and gives way to its text where one does', async ({
  glass,
  page,
}) => {
  await glass.ready();
  const bytes = await page.locator('.reply .record').innerText();
  await page.locator('[data-choice=server_public_key]').click();
  await expect(page.locator('.reply .record')).toHaveText(bytes);
  await expect(page.locator('.reply .plaintext')).toHaveCount(0);
  await expect(page.locator('.outcome')).toContainText('It does not open.');
  await page.locator('[data-choice=server_write_key]').click();
  const text = await glass.element.evaluate((element: TlsGlassElement) => {
    const outcome = element.run?.question?.attempts
      .map(({ attempt }) => attempt.outcome)
      .find((each) => each.code === 'opened');
    return outcome?.code === 'opened' ? new TextDecoder().decode(outcome.plaintext) : '';
  });
  expect(text.length).toBeGreaterThan(50);
  expect(await page.locator('.reply .plaintext').textContent()).toBe(text);
  await expect(page.locator('.reply .record')).toBeHidden();
});

/** How many movements of the reply have begun, by the page's own account. */
async function countMoves(glass: Glass): Promise<() => Promise<number>> {
  await glass.page.addInitScript(() => {
    Object.assign(window, { moves: 0 });
    const watched = new WeakSet<Node>();
    const watch = (): void => {
      const root = document.querySelector('tls-glass')?.shadowRoot;
      if (root && !watched.has(root)) {
        watched.add(root);
        root.addEventListener('transitionrun', (event) => {
          const { propertyName, target } = event as TransitionEvent;
          if (propertyName === 'translate' && (target as Element).matches('.reply'))
            Object.assign(window, { moves: Reflect.get(window, 'moves') + 1 });
        });
      }
      requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
  });
  return () => glass.page.evaluate(() => Reflect.get(window, 'moves'));
}

test('with reduced motion the reply rests from the beginning', async ({ glass, page }) => {
  const moves = await countMoves(glass);
  await glass.ready();
  await expect(page.locator('.reply')).toBeVisible();
  expect(await page.locator('.reply').evaluate((reply) => getComputedStyle(reply).translate)).toBe('none');
  expect(await moves()).toBe(0);
});

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('the reply crosses once, and then rests', async ({ glass, page }) => {
    const moves = await countMoves(glass);
    await glass.ready();
    await expect.poll(moves).toBe(1);
    await expect.poll(() => page.locator('.reply').evaluate((reply) => getComputedStyle(reply).translate)).toBe('none');
    await page.locator('[data-choice=server_public_key]').click();
    await glass.until('tls-glass-run', () => page.locator('[data-handshake=ecdhe]').click());
    await glass.press('ArrowRight');
    while ((await glass.press('ArrowLeft')) !== 'question');
    await expect(page.locator('.reply')).toBeVisible();
    expect(await page.locator('.reply').evaluate((reply) => getComputedStyle(reply).translate)).toBe('none');
    expect(await moves()).toBe(1);
  });

  test('in a post it waits until it is scrolled into view', async ({ page, baseURL }) => {
    await page.setContent(
      `<div style="height: 3000px"></div><iframe src="${baseURL}embed.html" width="640" height="480" title="tls-glass"></iframe>`,
    );
    const reply = page.frameLocator('iframe').locator('.opening:not(.awaited) .reply');
    await expect(reply).toHaveAttribute('data-moves', 'to come');
    await page.locator('iframe').scrollIntoViewIfNeeded();
    await expect(reply).toHaveAttribute('data-moves', 'now');
  });
});
