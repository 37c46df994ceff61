/**
 * `<tls-glass-claim>`: one real record, four clients with the same recording and different keys; what each can read.
 *
 * @property language, words: in which words
 * @property run: whose reply it is
 */

import { html, nothing, type TemplateResult } from 'lit';
import { stepName } from '../../content/facts';
import type { Language, PartWords } from '../../content/language';
import type { ClaimTest, ReadingLink, Run, Step, ValueName } from '../../run/model';
import { reading as readersOf } from '../../run/wire';
import { DrawerElement } from '../drawer/drawer-element';
import { hexOf, textOf } from '../shared/format';
import { kindGlyph } from '../shared/glyphs';
import { valueName } from '../shared/names';
import claimStyle from './claim.css?inline';
import { conclusions } from './conclusions';

/** As many bytes of the closed record as a card shows. */
const SHOWN = 24;

export class TlsGlassClaim extends DrawerElement {
  static override styles = DrawerElement.sheets(claimStyle);

  static override properties = {
    ...DrawerElement.properties,
    words: { attribute: false },
    run: { attribute: false },
  };

  declare words: PartWords['claim'];
  declare run: Run;

  protected override render(): TemplateResult {
    const { language, words, run } = this;
    const record = run.question && run.records[run.question.record];
    const body =
      record && run.claim.length > 0
        ? html`<div class="scrolls">
            <p class="intro">${words.intro(record.bytes.length)}</p>
            <div class="four" role="group" aria-label=${words.table}>
              ${run.claim.map((test) => this.#card(test, record.bytes))}
            </div>
            ${this.#conclusion()}
          </div>`
        : html`<p class="none">${words.none}</p>`;
    return this.frame(language.drawers.titles.claim, run.negotiated?.cipherSuite ?? '', body);
  }

  #card(test: ClaimTest, record: Uint8Array): TemplateResult {
    const { language, words } = this;
    const { privateKey, dataKey, reading } = test;
    const opened = reading.plaintext !== undefined;
    const erased = erasures(this.run);
    return html`<section class="card ${opened ? 'opened' : ''}" data-key=${privateKey} data-data-key=${dataKey} data-reads=${opened}>
      <h3><span class=${privateKey ? 'with' : 'without'}>${kindGlyph('private_key')}${privateKey ? words.withKey : words.withoutKey}</span>
        <span class=${dataKey ? 'with' : 'without'}>${kindGlyph('traffic_key')}${dataKey ? words.withData : words.withoutData}</span></h3>
      <p class="verdict"><b>${opened ? words.reads : words.readsNot}</b></p>
      <ul class="chain">
        ${reading.links.map((each) => link(language, words, each, erased))}
        ${this.#unused(test)}
        ${reading.function ? this.#last(reading.function, opened) : nothing}
      </ul>
      <pre tabindex="0" role="group" aria-label=${opened ? words.plaintext : words.closed}>${
        reading.plaintext ? textOf(reading.plaintext) : hexOf(record, SHOWN)
      }</pre>
    </section>`;
  }

  /** The private key, given, and no part of the way: not needed here, or of no use with this recording at all. */
  #unused({ privateKey, reading }: ClaimTest): TemplateResult | typeof nothing {
    if (!privateKey || reading.links.some(({ value }) => value === 'server_private_key')) return nothing;
    const serves = this.run.claim.some((other) =>
      other.reading.links.some(({ value }) => value === 'server_private_key'),
    );
    const { language, words } = this;
    return item(
      words,
      '–',
      valueName(language, 'server_private_key'),
      serves ? words.notNeeded : words.noUse,
      'unused',
    );
  }

  #last(by: string, opened: boolean): TemplateResult {
    const { words } = this;
    const { yes, no } = words.mark;
    return item(words, opened ? yes : no, opened ? words.opens(by) : words.opensNot(by), '', 'open');
  }

  #conclusion(): TemplateResult {
    const { run, words } = this;
    return html`<section class="conclusion"><h3>${words.conclusion}</h3>
      ${conclusions(run.claim).map(
        (conclusion) => html`<p data-conclusion=${conclusion}>${words.conclusions[conclusion](run.records.length)}</p>`,
      )}
    </section>`;
  }
}

/** Keys that would open the reply and were erased, with the step that did it. */
function erasures(run: Run): ReadonlyMap<ValueName, Step> {
  const record = run.question && run.records[run.question.record];
  const lacks = record ? readersOf(run, record).lacks : [];
  return new Map(lacks.flatMap(({ name, erasedIn }) => (erasedIn ? [[name, erasedIn] as const] : [])));
}

function link(
  language: Language,
  words: PartWords['claim'],
  { value, how, function: by }: ReadingLink,
  erased: ReadonlyMap<ValueName, Step>,
): TemplateResult {
  const step = erased.get(value);
  const { mark, how: say } = words;
  const text =
    how === 'computed' ? say.computed(by) : how === 'missing' && step ? say.erased(stepName(language, step)) : say[how];
  return item(words, how === 'missing' ? mark.no : mark.yes, valueName(language, value), text, how);
}

function item(
  words: PartWords['claim'],
  mark: string,
  what: TemplateResult | string,
  how: string,
  kind: string,
): TemplateResult {
  return html`<li data-how=${kind}><b aria-hidden="true">${mark}</b><span>${what}${how ? html`${words.between}<i>${how}</i>` : nothing}</span></li>`;
}
