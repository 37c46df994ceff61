/**
 * The built page in Firefox: loads, runs both handshakes in its workers, is stepped through to the last step, and finds
 * in the memories what the parties declare.
 */

import { type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepsFor } from '../../src/run/steps';
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
  /** The id of the step on display; none on the opening screen. */
  readonly step: string | null;
  readonly steps: readonly string[];
  readonly handshake: string | null;
  readonly failure: string | null;
  readonly replyOpened: boolean;
  readonly lastEnabled: boolean;
  /** The strip's cells, by party: found or not, and what it says. */
  readonly strip: Readonly<Record<string, { readonly found: boolean; readonly text: string }>>;
  readonly alert: string;
}

const SHOWN = `
  const element = document.querySelector('tls-glass');
  const run = element?.run;
  return {
    step: element?.shadowRoot?.querySelector('.step.now')?.dataset.step ?? null,
    steps: run?.steps.map((step) => step.id) ?? [],
    handshake: run?.options.handshake ?? null,
    failure: run?.outcome.is === 'failed' ? run.outcome.failure.report.message : null,
    replyOpened: run?.question?.attempts.some(({ attempt }) => attempt.outcome.code === 'opened') ?? false,
    lastEnabled: element?.shadowRoot?.querySelector('#last')?.getAttribute('aria-disabled') === 'false',
    strip: Object.fromEntries([...(element?.shadowRoot?.querySelectorAll('.bar .strip [data-party]') ?? [])].map((cell) =>
      [cell.dataset.party, { found: cell.dataset.found === 'true', text: cell.textContent.replace(/\\s+/g, ' ').trim() }])),
    alert: element?.shadowRoot?.querySelector('[role=alert]')?.textContent.trim() ?? '',
  };`;

/**
 * Every look of the run whose findings are not what its party declares, for what is worth hiding: as the page itself
 * compares them, written once more, over the run's own data.
 */
const DISAGREEMENTS = `
  const { run } = document.querySelector('tls-glass');
  const values = new Map();
  for (const { unit } of run.units) for (const event of unit.events) {
    if (event.type !== 'held' || ['public', 'public_key', 'certificate'].includes(event.value.kind)) continue;
    const parts = event.value.parts.filter((part) => part.bytes.length >= 12).map((part) => part.name);
    if (parts.length > 0) values.set(event.value.name, parts);
  }
  const wrong = [];
  for (const look of run.looks) {
    const last = run.units.findLast((unit) => unit.party === look.party && unit.index <= look.unit);
    const declared = new Set(last?.holdings.map((holding) => holding.name));
    for (const [name, parts] of values) for (const part of parts) {
      const copies = look.findings.find((finding) => finding.name === name)?.copies ?? [];
      const count = copies.filter((copy) => copy.part === part).length;
      if (count !== (declared.has(name) ? 1 : 0)) wrong.push(look.party + ' ' + look.unit + ' ' + name + ' ' + part);
    }
  }
  return { wrong, looks: run.looks.length, values: values.size };`;

/** The server has its private key; client and Eve were searched, and do not. */
function stripHolds({ strip }: Shown): boolean {
  const { server, client, eavesdropper } = strip;
  if (!server?.found || client?.found !== false || eavesdropper?.found !== false) return false;
  return [client, eavesdropper].every(({ text }) => /, \d+ search(es)? not found$/.test(text));
}

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
    expect(ready.steps).toEqual([...stepsFor({ handshake, clientCertificate: 'off', resumption: 'none' }), 'close']);

    await click('[part="watch"]');
    // The making of the certificate comes before the first step.
    const [, first, ...others] = ready.steps;
    expect(first).toBe('client-hello');
    expect(stripHolds(await shownOnce('the first step', (shown) => shown.step === first))).toBe(true);
    for (const id of others) {
      await click('#forward');
      const shown = await shownOnce(id, (now) => now.step === id);
      expect(stripHolds(shown), JSON.stringify(shown.strip)).toBe(true);
      expect(shown.alert).toBe('');
    }
    expect((await firefox.evaluate<Shown>(SHOWN)).lastEnabled).toBe(false);
  });

  it('finds in every memory what its party declares, and nothing else', async () => {
    const { wrong, looks, values } = await firefox.evaluate<{ wrong: string[]; looks: number; values: number }>(
      DISAGREEMENTS,
    );
    expect(wrong).toEqual([]);
    expect(looks).toBeGreaterThan(100);
    expect(values).toBeGreaterThan(6);
  });
});

describe('the page itself', () => {
  it('has the element, with a run', async () => {
    await firefox.open(address);
    const shown = await shownOnce('a run', ({ handshake }) => handshake !== null);
    expect(shown.steps.length).toBeGreaterThan(10);
  });
});
