// Every word that the element shows comes from its language, and every number is written by the language's rules: seen with a
// language that is made of English, with brackets around every text and numbers as German has them.

import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import type { Run } from '../../www/src/run/model';
import { SUITES } from '../../www/src/run/suites';
import { expect, type Glass, test } from './glass';

async function speakInBrackets({ element }: Glass): Promise<void> {
  await element.evaluate((glass: TlsGlassElement) => {
    const bracketed = (value: unknown): unknown => {
      if (typeof value === 'string') return `⟦${value}⟧`;
      if (value instanceof Promise) return value.then(bracketed);
      if (typeof value === 'function') return (...all: unknown[]) => bracketed(value(...all));
      // The place in an RFC is no text: a number, and a section.
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, bracketed(each)]));
    };
    glass.language = {
      ...(bracketed(glass.language) as TlsGlassElement['language']),
      tag: 'en-x-bracketed',
      number: (n, options) => n.toLocaleString('de', options),
      list: (items, last) => `⟦${items.join(` ${last ?? 'and'} `)}⟧`,
    };
  });
  await expect(element.locator('.root').first()).toContainText('⟦');
}

/** All texts of the element: what is shown, and what is there for who does not see it. */
function textsIn({ element }: Glass): Promise<string[]> {
  return element.evaluate((glass) => {
    const texts: string[] = [];
    const visit = (node: Node): void => {
      if (node instanceof Text) texts.push(node.data);
      if (node instanceof Element) {
        // Requests, replies, commands, and the text beside a dump are nobody's words.
        if (node.matches('style, pre, .ascii')) return;
        // A text with names of values in it is one text.
        if (node.matches('.phrase')) {
          texts.push(node.textContent ?? '');
          return;
        }
        for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt']) {
          const text = node.getAttribute(name);
          if (text !== null) texts.push(text);
        }
        if (node.shadowRoot) visit(node.shadowRoot);
        // What stands inside of the element is the page's own.
        if (node.localName === 'tls-glass') return;
      }
      for (const child of node.childNodes) visit(child);
    };
    visit(glass);
    return texts;
  });
}

/** What the core says, in the words of RFCs and certificates: names of functions, fields, values and parts; reasons. */
function namesIn({ element }: Glass): Promise<string[]> {
  return element.evaluate((glass: TlsGlassElement) => {
    const { run } = glass;
    const names = new Set<string>();
    const add = (...all: (string | undefined)[]) => {
      for (const name of all) if (name) names.add(name);
    };
    type Field = NonNullable<Run['buffers'] extends ReadonlyMap<string, infer B> ? B : never>['fields'][number];
    const addField = ({ name, value, children }: Field): void => {
      add(name, value?.kind === 'code' ? value.name : undefined, value?.kind === 'text' ? value.text : undefined);
      children.forEach(addField);
    };
    for (const buffer of run?.buffers.values() ?? []) buffer.fields.forEach(addField);
    for (const { unit } of run?.units ?? []) {
      for (const event of unit.events) {
        if (event.type === 'computation') {
          add(event.function);
          for (const { parts } of [...event.inputs, ...event.outputs]) add(...parts.map(({ name }) => name));
          // The label of a derivation is text, and shown as such.
          for (const { name, parts } of event.inputs) {
            if (name === 'label') add(...parts.map(({ bytes }) => new TextDecoder().decode(bytes)));
          }
        }
        if (event.type === 'held') add(...event.value.parts.map(({ name }) => name));
        if (event.type === 'check') {
          add(event.subject, 'reason' in event.outcome ? event.outcome.reason : undefined);
        }
      }
    }
    for (const { attempt } of run?.question?.attempts ?? []) add(attempt.function);
    for (const { reading } of run?.claim ?? []) add(reading.function);
    add(run?.negotiated?.cipherSuite);
    return [...names].sort((a, b) => b.length - a.length);
  });
}

/** Of what a cipher suite consists, as the RFCs call it. */
const OF_SUITES = Object.values(SUITES).flatMap((suite) => Object.values(suite) as (string | undefined)[]);

/** Any of these as a word of its own: the parts of a key have names of one letter. */
function anyOf(names: readonly string[]): RegExp {
  const all = [...names, ...OF_SUITES.flatMap((name) => name ?? [])].sort((a, b) => b.length - a.length);
  const escaped = all.map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${escaped.join('|')})(?![\\p{L}\\p{N}_])`, 'gu');
}

/** What is left of a text without what stands in brackets, the names of the core, and bytes. */
function unspoken(text: string, names: RegExp): string {
  let left = text;
  for (let before = ''; before !== left; ) {
    before = left;
    left = left.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  }
  if (!HAS_WORD.test(left)) return '';
  return left
    .replace(names, ' ')
    .replace(/\b0x[0-9a-f]+\b/g, ' ')
    .replace(/\b[0-9a-f]{2}( [0-9a-f]{2})*\b( …)?/g, ' ');
}

/** A word, or a number as English writes it. */
const HAS_WORD = /\p{L}{2,}|\d,\d{3}|\d\.\d/u;

/** What has a word that is not the language's, or a number as English writes it. */
async function unspokenIn(glass: Glass, names: RegExp): Promise<readonly string[]> {
  const texts = await textsIn(glass);
  expect(texts.filter((text) => text.includes('⟦')).length).toBeGreaterThan(10);
  return texts.map((text) => unspoken(text, names)).filter((left) => HAS_WORD.test(left));
}

// Between them, every step that there is.
for (const options of [
  'handshake=ecdhe&certificate=ecdsa&cipher=chacha20-poly1305',
  'handshake=rsa&cipher=aes-128-cbc&clientcert=shown',
  'handshake=ecdhe&resumption=session-ticket',
  'handshake=dh-anon',
]) {
  test(`every word comes from the language, at every step: ${options}`, async ({ glass, page }) => {
    test.slow();
    await glass.ready(`embed.html?${options}`);
    const names = anyOf(await namesIn(glass));
    await speakInBrackets(glass);
    expect.soft(await unspokenIn(glass, names), 'question').toEqual([]);
    for (const choice of await page.locator('[data-choice]').all()) {
      await choice.click();
      expect.soft(await unspokenIn(glass, names), 'choice').toEqual([]);
    }
    await page.locator('#more').click();
    await expect(page.locator('#new-run')).toBeVisible();
    expect.soft(await unspokenIn(glass, names), 'menu').toEqual([]);
    for (const id of await glass.stepIds()) {
      await glass.goOn(id);
      await glass.forEngineers();
      for (const more of await page.locator('.panel details:not([open]) > summary').all()) await more.click();
      expect.soft(await unspokenIn(glass, names), id).toEqual([]);
    }
    for (const name of ['bytes', 'keys', 'memory', 'claim', 'terms']) {
      await glass.press('ArrowLeft');
      await page.locator(`.panel [data-drawer=${name}]`).click();
      await expect(page.locator(`tls-glass-${name} .drawer`)).toBeVisible();
      if (name === 'memory') await expect(page.locator('.results')).toHaveAttribute('data-found', 'done');
      expect.soft(await unspokenIn(glass, names), name).toEqual([]);
      if (name === 'memory') {
        await page.locator('.results .address').first().click();
        await expect(page.locator('.hex-page')).toBeVisible();
        expect.soft(await unspokenIn(glass, names), 'bytes of a memory').toEqual([]);
      }
      await page.keyboard.press('Escape');
    }
  });
}

test('a word that does not come from the language is found', async ({ glass }) => {
  await glass.ready('embed.html?step=sign&handshake=ecdhe');
  const names = anyOf(await namesIn(glass));
  await speakInBrackets(glass);
  expect.soft(await unspokenIn(glass, names), 'as it is').toEqual([]);
  await glass.element.evaluate((element) => element.shadowRoot?.querySelector('.root')?.append('1,234 words'));
  expect(await unspokenIn(glass, names)).toEqual(['1,234 words']);
});

test('what is wrong with a parameter is said in the language, too', async ({ glass }) => {
  await glass.open('embed.html?handshake=quic&step=77');
  await expect(glass.page.locator('.problems')).toContainText('Allowed');
  await glass.element.evaluate((element: TlsGlassElement) => {
    const { ui } = element.language;
    element.language = { ...element.language, ui: { ...ui, errors: { ...ui.errors, option: () => '⟦wrong⟧' } } };
  });
  await expect(glass.page.locator('.problems p')).toHaveText(['⟦wrong⟧', '⟦wrong⟧']);
});
