// How the page may look, and what must hold then.

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type Glass } from './glass';

export interface Look {
  readonly name: string;
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
}

const SIZES = [
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
  { width: 375, height: 812 },
];

export const LOOKS: readonly Look[] = (['light', 'dark'] as const).flatMap((colorScheme) =>
  SIZES.map((viewport) => ({ name: `${colorScheme}, ${viewport.width} px`, colorScheme, viewport })),
);

/** Gives the page, as it stands, each of these looks in turn: no load for each of them. */
export async function inLooks(
  { page }: Glass,
  looks: readonly Look[],
  holds: (look: Look) => Promise<void>,
): Promise<void> {
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize(look.viewport);
    await nextFrames(page);
    await holds(look);
  }
}

/**
 * What follows the size by an observer is drawn after the next frame. A browser that finds nothing to paint may leave out
 * frames for as long as it likes, so this waits for half a second at most; what did not follow by then fails what comes after.
 */
async function nextFrames(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => done()));
        setTimeout(done, 500);
      }),
  );
}

/** No sideways scroll, and no violation of accessibility rules, in any of these looks. */
export async function holdsUp(glass: Glass, looks: readonly Look[] = LOOKS): Promise<void> {
  await inLooks(glass, looks, async ({ name }) => {
    expect(await glass.sidewaysScroll(), name).toBeLessThanOrEqual(0);
    // There are no frames here. With what looks into frames of other origins ("legacy" is without) an audit takes three
    // times as long.
    const audit = new AxeBuilder({ page: glass.page }).setLegacyMode().options({ resultTypes: ['violations'] });
    const { passes, violations } = await audit.analyze();
    const found = violations.map(({ id, nodes }) => [id, nodes.map((node) => String(node.target))]);
    expect(found, name).toEqual([]);
    expect(passes.length, `${name}: rules that were tried and hold`).toBeGreaterThan(10);
  });
}

/** Every control that `selector` finds is at least 44 px high, in every look. */
export async function areLargeEnough(glass: Glass, selector: string): Promise<void> {
  await inLooks(glass, LOOKS, async ({ name }) => {
    const heights = await glass.page
      .locator(selector)
      .evaluateAll((all) =>
        all.map((control) => control.getBoundingClientRect().height).filter((height) => height > 0),
      );
    expect(heights.length, name).toBeGreaterThan(0);
    for (const height of heights) expect(height, name).toBeGreaterThanOrEqual(44);
  });
}

/** In width and height, from a laptop's window to the smallest phone. */
const ALL_SIZES = [
  [1280, 800],
  [1024, 768],
  [768, 1024],
  [640, 480],
  // 1280 × 800 at a zoom of 200%.
  [640, 400],
  [375, 812],
  [375, 667],
  [320, 568],
] as const;

export const AT_ALL_SIZES: readonly Look[] = ALL_SIZES.map(([width, height]) => ({
  name: `${width} × ${height}`,
  colorScheme: 'light',
  viewport: { width, height },
}));
