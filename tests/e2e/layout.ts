// What must hold of the layout of every step, looked at inside the page: one call walks all steps at the size that the page has.

import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';

/**
 * Shows every step in turn and says what is wrong with its layout, one line for each fault. It runs in the page, so it uses nothing
 * from outside of itself.
 */
export async function layoutFaults(host: Element): Promise<{ steps: number; chips: number; faults: string[] }> {
  const element = host as TlsGlassElement;
  const root = element.shadowRoot as ShadowRoot;
  const faults: string[] = [];
  let chips = 0;

  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  const one = (selector: string) => {
    const found = root.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`nothing matches ${selector}`);
    return found;
  };
  const nameOf = (node: Element) => (node.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 48);
  const boxOf = (node: Element) => node.getBoundingClientRect();
  const isShown = (node: Element) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  /** Every line of text in an element, where it is drawn or would be if nothing clipped it. Not what only a screen reader gets. */
  const linesOf = (node: Element): DOMRect[] => {
    const lines: DOMRect[] = [];
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (!text.textContent?.trim() || text.parentElement?.closest('.hidden-text')) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      lines.push(...[...range.getClientRects()].filter((line) => line.width > 1));
    }
    return lines;
  };
  const isWithin = (inner: DOMRect, outer: DOMRect, slack = 1.5) =>
    inner.left >= outer.left - slack &&
    inner.right <= outer.right + slack &&
    inner.top >= outer.top - slack &&
    inner.bottom <= outer.bottom + slack;
  const overlaps = (a: DOMRect, b: DOMRect) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;

  /** What a reader sees at the corners of a line of text is this text, or something in the same element. */
  const isOnTop = (node: Element) =>
    linesOf(node).every((line) =>
      [line.left + 2, line.right - 2].every((x) => {
        const seen = root.elementFromPoint(x, line.top + line.height / 2);
        return seen !== null && (node.contains(seen) || seen.contains(node));
      }),
    );

  /** The part of the window in which a column shows what it holds. */
  const areaOf = (node: Element, above = 0) => {
    const { left, top, right, bottom } = boxOf(node);
    const ends = Math.min(bottom, window.innerHeight);
    return new DOMRect(left, top + above, right - left, ends - top - above);
  };

  const sticky = () => {
    const lanes = root.querySelector<HTMLElement>('.stage .diagram .lanes');
    return lanes && getComputedStyle(lanes).position === 'sticky' ? lanes : undefined;
  };

  const current = (fault: (what: string) => void) => {
    const column = root.querySelector('.stage.single') ?? one('.stage .diagram');
    const lanes = sticky();
    const area = areaOf(column, lanes ? Math.max(0, boxOf(lanes).bottom - boxOf(column).top) : 0);
    const items = all('.step.now :is(.row, .delivery, .event)');
    const [first] = items;
    if (!first) return fault('there is no current arrow or box');
    if (!isWithin(boxOf(first), area)) fault(`the current item is not in view: ${nameOf(first)}`);
    // All of the step is, where there is room for it.
    const step = boxOf(one('.step.now'));
    if (step.height <= area.height && !isWithin(step, area)) fault('a part of the current step is not in view');
    const caption = one('.caption');
    const transport = one('.transport');
    const panelArea = root.querySelector('.stage.single') ? areaOf(column) : areaOf(one('.panel'));
    if (linesOf(caption).some((line) => !isWithin(line, panelArea))) fault('the caption is not in view');
    else if (!isOnTop(caption)) fault('something covers the caption');
    if (!isWithin(boxOf(transport), new DOMRect(0, 0, window.innerWidth, window.innerHeight))) {
      fault('the transport is not in view');
    }
    const visible = items.filter((item) => isWithin(boxOf(item), area));
    if (visible.some((item) => overlaps(boxOf(item), boxOf(caption)))) fault('the current item lies over the caption');
    for (const node of [...visible, caption]) {
      if (overlaps(boxOf(node), boxOf(transport))) fault(`the transport lies over ${nameOf(node)}`);
    }
  };

  const words = (fault: (what: string) => void) => {
    for (const party of all('.stage .party')) {
      const keys = [...party.querySelectorAll('.key')];
      chips += keys.length;
      for (const key of keys) {
        if (linesOf(key).some((line) => !isWithin(line, boxOf(key)))) fault(`a chip is cut: ${nameOf(key)}`);
        if (!isWithin(boxOf(key), boxOf(party))) fault(`a chip spills from its box: ${nameOf(key)}`);
        const name = key.querySelector<HTMLElement>('.name');
        if (name && name.clientWidth > 0 && name.scrollWidth > name.clientWidth)
          fault(`a name is cut: ${nameOf(name)}`);
      }
      const names = keys.map((key) => nameOf(key.querySelector('.name') ?? key));
      if (new Set(names).size < names.length) fault(`two chips say the same: ${names.join(', ')}`);
      for (const line of linesOf(party)) if (!isWithin(line, boxOf(party))) fault(`text spills from ${nameOf(party)}`);
    }
    for (const row of all('.stage :is(.row, .event, .delivery)')) {
      const box = boxOf(row);
      for (const { left, right } of linesOf(row)) {
        if (left < box.left - 1 || right > box.right + 1) fault(`text spills from its row: ${nameOf(row)}`);
      }
    }
    for (const part of all('.strip, .segments')) {
      if (linesOf(part).some((line) => !isWithin(line, boxOf(part)))) fault(`text is cut: ${nameOf(part)}`);
    }
    const labels = all('.scrubber .phase').filter(isShown);
    for (const [i, label] of labels.entries()) {
      const next = labels[i + 1];
      if (next && boxOf(label).right + 2 > boxOf(next).left) fault(`labels collide: ${nameOf(label)}, ${nameOf(next)}`);
    }
  };

  const covered = (fault: (what: string) => void) => {
    const lanes = sticky();
    if (!lanes) return;
    const edge = boxOf(lanes).bottom;
    for (const row of all('.sequence :is(.row, .delivery, .noticed)').filter(isShown)) {
      if (linesOf(row).some(({ top, bottom }) => top < edge - 2 && bottom > edge + 1)) {
        fault(`half of a label stands out from under the lanes: ${nameOf(row)}`);
      }
    }
  };

  const steps = element.run?.steps ?? [];
  for (const { id, number } of steps) {
    element.step = id;
    await element.updateComplete;
    const fault = (what: string) => faults.push(`${number ?? ''} ${id}: ${what}`);
    current(fault);
    words(fault);
    covered(fault);
  }
  return { steps: steps.length, chips, faults: [...new Set(faults)] };
}

/** Scrolls the diagram by hand, and says which labels stand out by half from under the party boxes. It runs in the page. */
export async function halfLabels(host: Element): Promise<{ looked: number; found: string[] }> {
  const root = host.shadowRoot as ShadowRoot;
  const diagram = root.querySelector('.stage .diagram') as HTMLElement;
  const lanes = root.querySelector('.stage .diagram .lanes') as HTMLElement;
  const found: string[] = [];
  let looked = 0;
  for (let top = 11; top < 400; top += 37) {
    diagram.scrollTo({ top, behavior: 'instant' });
    // What follows a scrolling is drawn in the next frame; a browser with nothing to paint may leave it out.
    await new Promise<void>((done) => {
      requestAnimationFrame(() => requestAnimationFrame(() => done()));
      setTimeout(done, 300);
    });
    const edge = lanes.getBoundingClientRect().bottom;
    for (const label of diagram.querySelectorAll('.step :is(.title, .note)')) {
      const { top: from, bottom: to } = label.getBoundingClientRect();
      looked += 1;
      if (from < edge - 2 && to > edge + 1 && label.checkVisibility({ opacityProperty: true })) {
        found.push(`${top}: ${label.textContent?.trim()}`);
      }
    }
  }
  return { looked, found };
}
