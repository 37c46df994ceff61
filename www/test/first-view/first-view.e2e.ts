/**
 * All that a first view fetches, added up from what the built page's server really sent to a Chromium that has nothing yet:
 * page, styles, scripts, workers, module, font. Against its budget.
 */

import { type Browser, chromium } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHROMIUM } from '../chromium';
import { type Sent, Site } from '../site';

/** Bytes with gzip; 1 KB = 1000 bytes. To be lowered whenever the page gets smaller. */
const BUDGET = 540_000;

/** The first views that readers come to: the opening, and a link to a step. */
const VIEWS = ['index.html', 'index.html?step=7', 'embed.html'];

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

it.each(VIEWS)('what %s fetches at first stays within its budget', async (view) => {
  const sent = await firstView(view);
  const sum = sent.reduce((all, { bytes }) => all + bytes, 0);
  process.stdout.write(`\n${table(view, sent, sum)}\n`);
  expect(typesOf(sent), 'a page without its module, its scripts or its styles is none').toEqual(
    expect.arrayContaining(['html', 'js', 'css', 'wasm']),
  );
  expect(sum, `bytes that ${view} fetches, with gzip`).toBeLessThanOrEqual(BUDGET);
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

function table(view: string, sent: readonly Sent[], sum: number): string {
  const row = (bytes: number | string, what: string) => `${String(bytes).padStart(11)}  ${what}`;
  return [
    row('gzip', `file that ${view} fetches at first`),
    ...sent.map(({ path, bytes }) => row(bytes, path.replace(/^\/site\//, ''))),
    row(sum, `in all; the budget is ${BUDGET} (1 KB = 1000 bytes)`),
  ].join('\n');
}
