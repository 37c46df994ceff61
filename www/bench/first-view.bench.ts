/** The first view of the page beside Mermaid's, which draws the same diagram: when it is there, and what it takes. */

import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, it } from 'vitest';
import { CHROMIUM } from '../test/chromium';
import { OPTIONS, runOnce, startParties } from '../test/parties';
import { Site } from '../test/site';
import { MERMAID, pagesOf } from './mermaid';
import { kilobytes, median, milliseconds, printTable, ratio, worst } from './table';
import { type Address, type Visit, visit } from './visits';

const STAGE = 'stage painted';
const DRAWN = 'diagram drawn';

/** `chips`, since they say what was found in each party's memory: they come last. */
const OURS: Readonly<Record<string, Address>> = {
  opening: {
    path: '/site/index.html',
    marks: { [STAGE]: ['tls-glass', '.opening .party'], [DRAWN]: ['tls-glass', '.opening .party .key'] },
  },
  'step 7': {
    path: '/site/index.html?step=7',
    marks: { [STAGE]: ['tls-glass', '.stage .party'], [DRAWN]: ['tls-glass', '.stage .party .key'] },
  },
};

const MERMAIDS: Readonly<Record<string, Address>> = {
  'Mermaid, one file': { path: '/file.html', marks: { [DRAWN]: ['.mermaid svg'] } },
  'Mermaid, modules': { path: '/modules.html', marks: { [DRAWN]: ['.mermaid svg'] } },
};

const ALL = { ...OURS, ...MERMAIDS };

/** One round more than are counted: the first one warms up the browser, not the page's caches, which each visit has anew. */
const ROUNDS: Readonly<Record<number, number>> = { 1: 7, 4: 3 };

let site: Site;

beforeAll(async () => {
  const dist = `${import.meta.dirname}/../dist`;
  for (const folder of [dist, MERMAID])
    if (!existsSync(folder)) throw new Error(`${folder} is missing: cargo xtask bench makes it`);
  const run = await runOnce(await startParties(), OPTIONS);
  site = await Site.open({ site: dist, mermaid: MERMAID }, pagesOf(run));
});

afterAll(() => site.close());

it('the first view', async () => {
  const browser = await chromium.launch(CHROMIUM);
  try {
    for (const [slowdown, rounds] of Object.entries(ROUNDS)) {
      const visits = new Map<string, Visit[]>(Object.keys(ALL).map((name) => [name, []]));
      // All of them in turn, so that whatever else the machine does meets each alike.
      for (let round = 0; round <= rounds; round++) {
        for (const [name, address] of Object.entries(ALL)) {
          const seen = await visit(browser, site, address, Number(slowdown));
          if (round > 0) visits.get(name)?.push(seen);
        }
      }
      printTimes(Number(slowdown), rounds, visits);
      if (slowdown === '1') printBytes(visits);
    }
  } finally {
    await browser.close();
  }
});

function printTimes(slowdown: number, rounds: number, visits: ReadonlyMap<string, readonly Visit[]>): void {
  const time = (name: string, mark: string) =>
    median((visits.get(name) ?? []).map(({ painted }) => painted[mark] ?? Number.NaN));
  const besides = Object.keys(MERMAIDS);
  const rows = [...visits].map(([name, all]) => {
    const drawn = time(name, DRAWN);
    const long = all.map(({ longTasks }) => longTasks);
    return [
      name,
      name in OURS ? milliseconds(time(name, STAGE)) : '',
      milliseconds(drawn),
      ...besides.map((other) => ratio(drawn, time(other, DRAWN))),
      String(median(long.map((tasks) => tasks.length))),
      milliseconds(worst([0, ...long.flat()])),
    ];
  });
  const head = ['', STAGE, DRAWN, ...besides.map((name) => `of ${name}`), 'long tasks', 'longest'];
  printTable(
    `From navigation to picture: medians of ${rounds} first visits each, in turn, main thread at ${slowdown === 1 ? 'full speed' : `1/${slowdown} of its speed`}`,
    [head, ...rows],
  );
}

/** Tasks over 50 ms, and the longest of all visits, are in the table above. */
function printBytes(visits: ReadonlyMap<string, readonly Visit[]>): void {
  const bytes = (name: string) => (visits.get(name)?.[0]?.sent ?? []).reduce((sum, file) => sum + file.bytes, 0);
  const besides = Object.keys(MERMAIDS);
  const rows = [...visits.keys()].map((name) => [
    name,
    String(visits.get(name)?.[0]?.sent.length ?? 0),
    kilobytes(bytes(name)),
    ...besides.map((other) => ratio(bytes(name), bytes(other))),
  ]);
  printTable('All that a first view fetches, with gzip (1 KB = 1000 bytes)', [
    ['', 'files', 'bytes', ...besides.map((name) => `of ${name}`)],
    ...rows,
  ]);
}
