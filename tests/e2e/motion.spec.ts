// Keys move: where the reader goes on, and where motion is welcome.

import type { Locator } from '@playwright/test';
import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { expect, type Glass, test } from './glass';

/** Presses a key, and says what moves then, each with how long it takes, once all of it has ended. */
async function movesAfter(glass: Glass, key: string): Promise<{ what: string; ends: number }[]> {
  return glass.element.evaluate(async (element: TlsGlassElement, key) => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    await element.updateComplete;
    const running = (element.shadowRoot?.getAnimations() ?? []).filter((animation) => {
      // That a chip appears, and that what is erased is crossed out, is a matter of style sheets alone.
      return !(animation instanceof CSSAnimation) || animation.animationName === 'carry';
    });
    const found = running.flatMap((animation) => {
      const { effect } = animation;
      if (animation instanceof CSSTransition || !(effect instanceof KeyframeEffect)) return [];
      const node = effect.target as HTMLElement;
      const name = node.querySelector('.name')?.textContent ?? '';
      const kind = node.classList.contains('moving-copy')
        ? 'copy'
        : node.classList.contains('enclosed')
          ? 'enclosed'
          : 'chip';
      const { delay = 0, duration } = effect.getTiming();
      return [{ what: `${kind} ${name}`, ends: Math.round(Number(delay) + Number(duration)) }];
    });
    await Promise.allSettled(running.map((animation) => animation.finished));
    return found;
  }, key);
}

async function goOn(glass: Glass): Promise<string[]> {
  return (await movesAfter(glass, 'ArrowRight')).map(({ what }) => what);
}

const inside = (glass: Glass): Locator => glass.page.locator('.stage .enclosed');

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('RSA: the secret travels encrypted, and comes out at the server', async ({ glass, page }) => {
    await glass.ready('index.html?step=secret');
    expect(await goOn(glass)).toEqual(['enclosed shared secret']);
    await expect(inside(glass)).toHaveText('shared secret');
    const found = await goOn(glass);
    expect(found).toEqual(
      expect.arrayContaining(['copy shared secret', "copy server's private key", 'chip shared secret']),
    );
    // Copies are gone, what they were of is where it belongs.
    await expect(page.locator('.moving-copy')).toHaveCount(0);
    await expect(page.locator('.party.server [data-value=pre_master_secret]')).toBeVisible();
  });

  test('ECDHE: both halves go in, the same secret comes out on both sides', async ({ glass }) => {
    await glass.ready('index.html?handshake=ecdhe&step=client-key');
    const found = await goOn(glass);
    const halves = ["client's one-time private key", "server's one-time public key", "server's one-time private key"];
    expect(found).toEqual(expect.arrayContaining(halves.map((half) => `copy ${half}`)));
    expect(found).toContain("copy client's one-time public key");
    expect(found.filter((what) => what === 'chip shared secret')).toHaveLength(2);
  });

  test('data keys come out of the secret; what was erased leaves, crossed out', async ({ glass, page }) => {
    await glass.ready('index.html?step=decrypt');
    const found = await goOn(glass);
    expect(found.filter((what) => what === 'copy shared secret')).toHaveLength(2);
    expect(found.filter((what) => what.startsWith('chip data keys'))).toHaveLength(2);
    await expect(page.locator('.party.client [data-value=pre_master_secret]')).toContainText('erased');
    expect((await goOn(glass)).filter((what) => what === 'copy shared secret')).toHaveLength(2);
    await expect(page.locator('.party [data-value=pre_master_secret]')).toHaveCount(0);
  });

  test('it takes half a second, and less at a quicker pace', async ({ glass, page }) => {
    await glass.ready('index.html?step=client-key');
    const usual = Math.max(...(await movesAfter(glass, 'ArrowRight')).map(({ ends }) => ends));
    await page.locator('#speed').selectOption('2');
    expect(await movesAfter(glass, 'ArrowLeft')).toEqual([]);
    const quick = Math.max(...(await movesAfter(glass, 'ArrowRight')).map(({ ends }) => ends));
    expect([usual, quick]).toEqual([500, 250]);
  });

  test('on a phone, too', async ({ glass, page }) => {
    await page.setViewportSize({ width: 375, height: 667 });
    await glass.ready('index.html?step=client-key');
    await expect(inside(glass)).toHaveText('shared secret');
    expect(await goOn(glass)).toEqual(["copy server's private key", 'chip shared secret']);
  });
});

test('with reduced motion, before and after are there, and nothing moves', async ({ glass, page }) => {
  await glass.ready('index.html?step=secret');
  for (const id of ['client-key', 'decrypt', 'data-keys']) {
    expect(await movesAfter(glass, 'ArrowRight'), id).toEqual([]);
    await expect(page.locator('.step.now')).toHaveAttribute('data-step', id);
  }
  await expect(inside(glass)).toHaveText('shared secret');
  await expect(page.locator('.party.server [data-group=data]')).toContainText('new');
  await expect(page.locator('.party.server [data-value=pre_master_secret]')).toContainText('erased');
});
