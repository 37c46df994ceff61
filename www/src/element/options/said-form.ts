/** What client and server say, for the reader to write: bounded, with a word on what is wrong while it is written. */

import { html, type TemplateResult } from 'lit';
import type { Language, PartWords } from '../../content/language';
import { faultOf, MOST_SAID, SAID, type Said, sizeOf, USUAL } from '../../run/exchange';
import type { RunOptions } from '../../run/model';

export interface SaidView {
  readonly language: Language;
  readonly words: PartWords['menu'];
  readonly options: RunOptions;
  readonly choose: (choice: Partial<Record<Said, string | undefined>>) => void;
}

export function saidForm(view: SaidView): TemplateResult {
  const { options, choose } = view;
  const say = view.words.said;
  const isUsual = SAID.every((said) => options[said] === USUAL[said]);
  return html`<form class="said-form" novalidate aria-labelledby="said-heading" @submit=${(event: SubmitEvent) => submit(view, event)}>
    <p id="said-heading"><b>${say.heading}</b></p>
    <p class="note">${say.note}</p>
    ${SAID.map((said) => field(view, said))}
    <div class="buttons">
      <button class="button" id="say" type="submit">${say.use}</button>
      <button class="button" id="say-usual" type="button" ?disabled=${isUsual}
        @click=${() => choose({ sends: undefined, replies: undefined })}>${say.usual}</button>
    </div>
  </form>`;
}

function field(view: SaidView, said: Said): TemplateResult {
  const text = view.options[said];
  return html`<label for="text-${said}">${view.words.said[said]}</label>
    <textarea id="text-${said}" name=${said} rows="4" spellcheck="false" aria-describedby="about-${said}" .value=${text}
      @input=${(event: Event) => tell(view, event.currentTarget as HTMLTextAreaElement, said)}></textarea>
    <p class="note" id="about-${said}" role="status" .textContent=${about(view, said, text)}></p>`;
}

/** How long it is, or what is wrong with it. */
function about({ language: { number }, words }: SaidView, said: Said, text: string): string {
  const say = words.said;
  const fault = faultOf(said, text);
  const size = say.size(number(sizeOf(text)), number(MOST_SAID[said]));
  return fault === undefined ? size : `${say.faults[fault]} ${size}`;
}

function tell(view: SaidView, area: HTMLTextAreaElement, said: Said): void {
  area.setAttribute('aria-invalid', String(faultOf(said, area.value) !== undefined));
  const note = area.nextElementSibling;
  if (note) note.textContent = about(view, said, area.value);
}

function submit({ choose }: SaidView, event: SubmitEvent): void {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const areas = SAID.map((said) => form.elements.namedItem(said) as HTMLTextAreaElement);
  const wrong = areas.find((area, index) => faultOf(SAID[index] as Said, area.value) !== undefined);
  if (wrong) wrong.focus();
  else
    choose(
      Object.fromEntries(areas.map(({ name, value }) => [name, value === USUAL[name as Said] ? undefined : value])),
    );
}
