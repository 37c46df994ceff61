// How the page may look, and what must hold then.

import AxeBuilder from '@axe-core/playwright';
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

/** No sideways scroll, and no violation of accessibility rules. */
export async function holdsUp(glass: Glass, { colorScheme, viewport }: Look): Promise<void> {
  expect(await glass.sidewaysScroll()).toBeLessThanOrEqual(0);
  // An audit takes a second or more. What it asks of layout is the same in both schemes, what it asks of colours is the
  // same at every width.
  if (colorScheme === 'dark' && viewport.width !== SIZES[0]?.width) return;
  const { violations } = await new AxeBuilder({ page: glass.page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => String(node.target))])).toEqual([]);
}
