/** The built page in Firefox: loads, runs both handshakes in its workers, and is stepped through to the last step. */

import { type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STEPS } from '../../src/run/steps';
import { type Firefox, startFirefox } from './webdriver';

let firefox: Firefox;
let server: PreviewServer;
let address: string;

beforeAll(async () => {
  server = await preview({ root: new URL('../..', import.meta.url).pathname, preview: { port: 0, host: '127.0.0.1' } });
  address = server.resolvedUrls?.local[0] ?? '';
  firefox = await startFirefox();
  await firefox.resize(1280, 900);
});

afterAll(async () => {
  await firefox?.end();
  await server?.close();
});

/** What the element shows, read from outside of it. WebDriver knows no `undefined`. */
interface Shown {
  readonly step: string | null;
  readonly steps: readonly string[];
  readonly handshake: string | null;
  readonly failure: string | null;
  readonly replyOpened: boolean;
  readonly lastEnabled: boolean;
}

const SHOWN = `
  const element = document.querySelector('tls-glass');
  const run = element?.run;
  return {
    step: element?.getAttribute('step') ?? null,
    steps: run?.steps.map((step) => step.id) ?? [],
    handshake: run?.options.handshake ?? null,
    failure: run?.failure?.report.message ?? null,
    replyOpened: run?.question?.attempts.some(({ attempt }) => attempt.outcome.code === 'opened') ?? false,
    lastEnabled: element?.shadowRoot?.querySelector('#last')?.getAttribute('aria-disabled') === 'false',
  };`;

async function shownOnce(what: string, condition: (shown: Shown) => boolean): Promise<Shown> {
  const until = Date.now() + 60_000;
  let shown = await firefox.evaluate<Shown>(SHOWN);
  while (!condition(shown)) {
    if (Date.now() > until) throw new Error(`waited a minute for ${what}; the page shows ${JSON.stringify(shown)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    shown = await firefox.evaluate<Shown>(SHOWN);
  }
  return shown;
}

function click(selector: string): Promise<void> {
  return firefox.evaluate(`document.querySelector('tls-glass').shadowRoot.querySelector('${selector}').click();`);
}

describe.each(['rsa', 'ecdhe'] as const)('the built page, %s', (handshake) => {
  it('runs a real connection and goes to its last step', async () => {
    await firefox.open(`${address}embed.html?handshake=${handshake}`);
    const ready = await shownOnce('a run', (shown) => shown.handshake === handshake);
    expect(ready.failure).toBeNull();
    expect(ready.replyOpened).toBe(true);
    expect(ready.steps).toEqual([...STEPS[handshake], 'close']);

    await click('[part="watch"]');
    await shownOnce('the first step', (shown) => shown.step === '1');
    for (let step = 2; step <= ready.steps.length; step++) {
      await click('#forward');
      await shownOnce(`step ${step}`, (shown) => shown.step === String(step));
    }
    expect((await firefox.evaluate<Shown>(SHOWN)).lastEnabled).toBe(false);
  });
});

describe('the page itself', () => {
  it('has the element, with a run', async () => {
    await firefox.open(address);
    const shown = await shownOnce('a run', ({ handshake }) => handshake !== null);
    expect(shown.steps.length).toBeGreaterThan(10);
  });
});
