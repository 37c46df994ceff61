/** Visits to pages in one Chromium, each as a reader's first: when what is looked for was painted, and what was fetched. */

import type { Browser } from '@playwright/test';
import type { Sent, Site } from '../test/site';

/** A way into the page: an element, within it another, behind each element's shadow root if it has one. */
type Path = readonly string[];

export interface Address {
  readonly path: string;
  /** What is looked for, by a name. */
  readonly marks: Readonly<Record<string, Path>>;
}

export interface Visit {
  /** When each mark was first painted, in milliseconds from the navigation on. */
  readonly painted: Readonly<Record<string, number>>;
  /** Tasks of the main thread of more than 50 ms, in milliseconds. */
  readonly longTasks: readonly number[];
  readonly sent: readonly Sent[];
}

/** How long a page is left alone after its last mark: what it still fetches or computes belongs to the first view. */
const REST = 1500;

/** What the script in the page leaves. */
declare global {
  interface Window {
    painted: Record<string, number>;
    longTasks: number[];
  }
}

export async function visit(browser: Browser, site: Site, address: Address, slowdown = 1): Promise<Visit> {
  // Of its own cache, and without motion, of which Mermaid has none.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    await page.addInitScript(watch, address.marks);
    if (slowdown > 1) {
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    }
    site.takeSent();
    await page.goto(site.origin + address.path, { waitUntil: 'commit' });
    const names = Object.keys(address.marks);
    await page.waitForFunction((all) => all.every((name) => name in window.painted), names, { timeout: 120_000 });
    await page.waitForTimeout(REST);
    const { painted, longTasks } = await page.evaluate(() => ({
      painted: window.painted,
      longTasks: window.longTasks,
    }));
    return { painted, longTasks, sent: site.takeSent() };
  } finally {
    await context.close();
  }
}

/** Runs in the page, before its own scripts. */
function watch(marks: Readonly<Record<string, Path>>): void {
  const painted: Record<string, number> = {};
  const longTasks: number[] = [];
  Object.assign(window, { painted, longTasks });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });

  const isThere = (path: Path): boolean => {
    let root: ParentNode | null | undefined = document;
    let found: Element | null | undefined;
    for (const selector of path) {
      found = root?.querySelector(selector);
      root = found?.shadowRoot ?? found;
    }
    return found instanceof Element;
  };
  const missing = new Map(Object.entries(marks));
  const look = (): void => {
    for (const [name, path] of missing) {
      if (!isThere(path)) continue;
      missing.delete(name);
      // This frame is painted next; a message that is posted now comes after it.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        painted[name] = performance.now();
      };
      port2.postMessage(undefined);
    }
    if (missing.size > 0) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
