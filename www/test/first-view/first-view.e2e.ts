/**
 * All that a first view fetches, added up from what the built page's server really sent to a Chromium that has nothing yet:
 * page, styles, scripts, workers, module, font. Against its budget.
 */

import { type Browser, chromium } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHROMIUM } from '../chromium';
import { type Sent, Site } from '../site';

/**
 * The first views that readers come to, each with what it may fetch: bytes with gzip; 1 KB = 1000 bytes. To be lowered whenever the
 * page gets smaller. A link to a step fetches what shows the steps as well, and all of the opening, which is a click away.
 */
const BUDGETS: Readonly<Record<string, number>> = {
  'index.html': 540_000,
  'embed.html': 540_000,
  'index.html?step=8': 560_000,
};

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await Site.open({ site: `${import.meta.dirname}/../../dist` });
  browser = await chromium.launch(CHROMIUM);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

it.each(Object.entries(BUDGETS))('what %s fetches at first stays within its budget', async (view, budget) => {
  const sent = await firstView(view);
  const sum = sent.reduce((all, { bytes }) => all + bytes, 0);
  process.stdout.write(`\n${table(view, sent, sum, budget)}\n`);
  expect(typesOf(sent), 'a page without its module, its scripts or its styles is none').toEqual(
    expect.arrayContaining(['html', 'js', 'css', 'wasm']),
  );
  expect(sum, `bytes that ${view} fetches, with gzip`).toBeLessThanOrEqual(budget);
});

/** Until the run is on display and nothing is fetched any more. */
async function firstView(view: string): Promise<readonly Sent[]> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      document.addEventListener('tls-glass-ready', () => Object.assign(window, { isReady: true }));
    });
    site.takeSent();
    await page.goto(`${site.origin}/site/${view}`);
    await page.waitForFunction(() => 'isReady' in window);
    await page.waitForLoadState('networkidle');
    return site.takeSent();
  } finally {
    await context.close();
  }
}

function typesOf(sent: readonly Sent[]): readonly string[] {
  return sent.map(({ path }) => path.slice(path.lastIndexOf('.') + 1));
}

function table(view: string, sent: readonly Sent[], sum: number, budget: number): string {
  const row = (bytes: number | string, what: string) => `${String(bytes).padStart(11)}  ${what}`;
  return [
    row('gzip', `file that ${view} fetches at first`),
    ...sent.map(({ path, bytes }) => row(bytes, path.replace(/^\/site\//, ''))),
    row(sum, `in all; the budget is ${budget} (1 KB = 1000 bytes)`),
  ].join('\n');
}
