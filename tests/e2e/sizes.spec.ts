import { AT_ALL_SIZES, inLooks } from './audit';
import { expect, test } from './glass';
import { halfLabels, layoutFaults } from './layout';

for (const handshake of ['rsa', 'dhe', 'ecdhe', 'dh-anon']) {
  test(`at every size and step: current item, caption and transport in view, and no word cut: ${handshake}`, async ({
    glass,
  }) => {
    await glass.ready(`index.html?handshake=${handshake}&step=certificate`);
    const found: Record<string, string[]> = {};
    await inLooks(glass, AT_ALL_SIZES, async ({ name }) => {
      const { steps, chips, faults } = await glass.element.evaluate(layoutFaults);
      expect(steps, name).toBeGreaterThan(12);
      expect(chips, name).toBeGreaterThan(steps);
      if (faults.length > 0) found[name] = faults;
      expect(await glass.sidewaysScroll(), name).toBeLessThanOrEqual(0);
    });
    expect(found).toEqual({});
  });
}

test('scrolled by hand, no half of a label stands out from under the party boxes', async ({ glass }) => {
  await glass.ready('index.html?handshake=ecdhe&step=proof');
  await inLooks(glass, AT_ALL_SIZES.slice(0, 3), async ({ name }) => {
    const { looked, found } = await glass.element.evaluate(halfLabels);
    expect(looked, name).toBeGreaterThan(100);
    expect(found, name).toEqual([]);
  });
});

test('with forced colours, arrowheads, the pressed toggle and the present stop are there', async ({ glass, page }) => {
  await glass.ready('index.html?step=decrypt');
  await page.emulateMedia({ forcedColors: 'active' });
  const drawn = await glass.element.evaluate((element) => {
    const root = element.shadowRoot as ShadowRoot;
    const style = (selector: string, pseudo?: string) => {
      const node = root.querySelector(selector);
      if (!node) throw new Error(`nothing matches ${selector}`);
      return getComputedStyle(node, pseudo);
    };
    const ground = getComputedStyle(document.body).backgroundColor;
    return {
      arrowhead: style('.sequence .line', '::after').backgroundColor !== ground,
      toggle:
        style('.segments [aria-pressed=true]').outlineStyle !== style('.segments [aria-pressed=false]').outlineStyle,
      stop: style('.stop[aria-current]', '::before').backgroundColor !== ground,
      doneStop: style('.stop.done', '::before').backgroundColor !== ground,
      stopToCome: style('.stop:not(.done)', '::before').backgroundColor === ground,
    };
  });
  expect(drawn).toEqual({ arrowhead: true, toggle: true, stop: true, doneStop: true, stopToCome: true });
});
