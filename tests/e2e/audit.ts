// How the page may look, and what must hold then.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Glass, test } from './glass';

export interface Look {
  readonly name: string;
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
  /**
   * Whether accessibility rules are tried in it. An audit takes a second or more; what it asks of layout is the same in both
   * schemes, what it asks of colours is the same at every width.
   */
  readonly audited: boolean;
}

const SIZES = [
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
  { width: 375, height: 812 },
];

export const LOOKS: readonly Look[] = (['light', 'dark'] as const).flatMap((colorScheme) =>
  SIZES.map((viewport, index) => ({
    name: `${colorScheme}, ${viewport.width} px`,
    colorScheme,
    viewport,
    audited: colorScheme === 'light' || index === 0,
  })),
);

const AUDIT = 'no violation of accessibility rules';

/** The title of a test that calls {@link holdsUp}: it says what is tried in this look, and no more. */
export function title({ audited }: Look, what: string): string {
  return `${audited ? `${AUDIT}, ` : ''}no sideways scroll: ${what}`;
}

/** No sideways scroll; and no violation of accessibility rules, where the look is audited. */
export async function holdsUp(glass: Glass, { audited }: Look): Promise<void> {
  expect(test.info().title.includes(AUDIT), 'the title promises an audit where there is one').toBe(audited);
  expect(await glass.sidewaysScroll()).toBeLessThanOrEqual(0);
  if (!audited) return;
  const { passes, violations } = await new AxeBuilder({ page: glass.page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => String(node.target))])).toEqual([]);
  expect(passes.length, 'rules that were tried and hold').toBeGreaterThan(10);
}
