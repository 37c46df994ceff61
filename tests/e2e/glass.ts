// What the tests share: a page under watch, and the element's steps by its events, never by time.

import { test as base, expect, type Locator, type Page } from '@playwright/test';
import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';

export { expect };

/** The events of the page's element, from its beginning. */
declare global {
  interface Window {
    heard: { name: string; detail: Record<string, unknown> }[];
  }
}

const EVENTS = ['ready', 'run', 'step', 'play', 'error'].map((name) => `tls-glass-${name}`);

export class Glass {
  readonly page: Page;
  readonly complaints: string[] = [];
  /** Complaints that a test provokes. */
  expected: RegExp | undefined;

  constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.hostname !== 'localhost') this.complaints.push(`request to ${url}`);
    });
  }

  get element(): Locator {
    return this.page.locator('tls-glass');
  }

  async open(address = 'index.html', waitUntil: 'load' | 'commit' = 'load'): Promise<void> {
    await this.page.addInitScript((names) => {
      window.heard = [];
      for (const name of names) {
        document.addEventListener(name, (event) => {
          const { run: _, ...detail } = (event as CustomEvent).detail;
          window.heard.push({ name, detail });
        });
      }
    }, EVENTS);
    await this.page.goto(address, { waitUntil });
  }

  async ready(address?: string): Promise<void> {
    await this.open(address);
    await this.heard('tls-glass-ready');
  }

  /** Waits until an event of this name has come, `after` so many events. */
  async heard(name: string, after = 0): Promise<Record<string, unknown>> {
    const handle = await this.page.waitForFunction(
      ([name, after]) => window.heard.slice(after).find((event) => event.name === name),
      [name, after] as const,
    );
    return (await handle.jsonValue())?.detail ?? {};
  }

  /** Does something, and waits for the event that comes of it. */
  async until(name: string, act: () => Promise<unknown>): Promise<Record<string, unknown>> {
    const before = await this.page.evaluate(() => window.heard.length);
    await act();
    return this.heard(name, before);
  }

  async press(key: string): Promise<string> {
    const { id } = await this.until('tls-glass-step', () => this.page.keyboard.press(key));
    return String(id);
  }

  /** Opens what is folded in the panel. */
  async forEngineers(): Promise<void> {
    const folded = this.page.locator('.engineers:not([open]) > summary');
    if ((await folded.count()) > 0) await folded.click();
    await expect(this.page.locator('.engineers[open]')).toHaveCount(1);
  }

  /** Goes on to the next step, which is this one; to what comes before the first one by its address. */
  async goOn(id: string): Promise<string> {
    if (id !== 'certificate') return this.press('ArrowRight');
    const gone = await this.until('tls-glass-step', () =>
      this.element.evaluate((element) => element.setAttribute('step', 'certificate')),
    );
    return String(gone.id);
  }

  async stepIds(): Promise<string[]> {
    return this.element.evaluate((element: TlsGlassElement) => (element.run?.steps ?? []).map((step) => step.id));
  }

  async sidewaysScroll(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  }
}

/** A test with a page under watch: complaints of the console and requests to elsewhere fail it. */
export const test = base.extend<{ glass: Glass }>({
  glass: async ({ page }, use) => {
    const glass = new Glass(page);
    await use(glass);
    const { expected } = glass;
    expect(glass.complaints.filter((complaint) => !expected?.test(complaint))).toEqual([]);
  },
});
