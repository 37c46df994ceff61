/**
 * `<tls-glass-terms>`: finds terms by the words that people use, by ours and by those of the RFCs, says in a sentence or two what each
 * is, and leads to the step of this run that shows it.
 *
 * @property language, words: in which words
 * @property run: where to
 * @fires terms-go when the reader goes to a step; `detail` is its index
 */

import { html, nothing, type TemplateResult } from 'lit';
import { stepWithTitle, wordsOfSteps } from '../../content/facts';
import type { PartWords } from '../../content/language';
import type { Run, Step, ValueName } from '../../run/model';
import { originOf } from '../../run/origin';
import { stepOfTerm, TERM_NAMES } from '../../run/terms';
import { rows } from '../../run/values';
import { DrawerElement } from '../drawer/drawer-element';
import { phrase, valueName } from '../shared/names';
import { type Findable, findIn } from './find-terms';
import termsStyle from './terms.css?inline';

interface Entry extends Findable {
  readonly id: string;
  readonly title: TemplateResult | string;
  readonly text: string;
  readonly note: string;
  readonly step: Step | undefined;
}

export class TlsGlassTerms extends DrawerElement {
  static override styles = DrawerElement.sheets(termsStyle);

  static override properties = {
    ...DrawerElement.properties,
    words: { attribute: false },
    run: { attribute: false },
    typed: { state: true },
  };

  declare words: PartWords['terms'];
  declare run: Run;
  declare typed: string;

  constructor() {
    super();
    this.typed = '';
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('#term')?.focus();
  }

  protected override render(): TemplateResult {
    const { language, words, typed } = this;
    const found = findIn(this.#entries, typed);
    const body = html`<div class="scrolls">
      <form role="search" @submit=${(event: Event) => event.preventDefault()}>
        <label for="term">${words.field}</label>
        <input id="term" type="search" spellcheck="false" autocomplete="off" autocapitalize="off" placeholder=${words.hint}
          .value=${typed} @input=${(event: Event) => {
            this.typed = (event.target as HTMLInputElement).value;
          }} />
        <p role="status">${words.found(found.length)}</p>
      </form>
      <ul class="entries">${found.map((entry) => this.#entry(entry))}</ul>
    </div>`;
    return this.frame(language.drawers.titles.terms, '', body);
  }

  #entry({ id, title, text, note, step }: Entry): TemplateResult {
    const { language, words, run } = this;
    const stop = step && stepWithTitle(language, run, step);
    return html`<li data-term=${id}>
      <h3>${title} ${note ? html`<small>${note}</small>` : nothing}</h3>
      <p>${phrase(language, text)}</p>
      ${step && stop ? html`<button class="button" data-go=${step.id} @click=${() => this.#go(step)}>${words.step(stop)}</button>` : nothing}
    </li>`;
  }

  /** The terms, and then the values of this run. */
  get #entries(): readonly Entry[] {
    const { language, words, run } = this;
    const terms = TERM_NAMES.map((id): Entry => {
      const { name, words: others, text } = words.terms[id];
      return { id, title: name, names: [name, ...others], text, note: '', step: stepOfTerm(run, id) };
    });
    return [...terms, ...rows(run).map(({ name }) => this.#value(name, words.value, language.values[name].rfc))];
  }

  #value(name: ValueName, note: string, rfc: string | undefined): Entry {
    const { language, run } = this;
    return {
      id: name,
      title: valueName(language, name),
      names: [language.values[name].plain, ...(rfc ? [rfc] : [])],
      text: wordsOfSteps(language).valueUses[name],
      note,
      step: originOf(run, name)?.step,
    };
  }

  #go({ index }: Step): void {
    this.dispatchEvent(new CustomEvent<number>('terms-go', { detail: index }));
  }
}
