/** Across the page, wherever a declaration and a search disagree: what, where, and, for a planted key, why. */

import { html, nothing, type TemplateResult } from 'lit';
import { atStep } from '../../content/facts';
import type { Language } from '../../content/language';
import type { Run, Step } from '../../run/model';
import {
  type Disagreement,
  disagreementsAt,
  mainCopies,
  plantedStep,
  unexplainedPostings,
} from '../../run/possession/findings';
import { lastUnit, rows } from '../../run/values';
import type { Place } from '../drawer/drawers';
import { hexAddress } from '../shared/format';

/** As many addresses as the banner lists of one value. */
const MOST = 2;

export interface BannerView {
  readonly language: Language;
  readonly run: Run;
  readonly step: Step;
  readonly show: (place: Place) => void;
  readonly takeOut: () => void;
}

export function banner(view: BannerView): TemplateResult {
  const { language, run, step } = view;
  const { banner: say } = language.memories;
  const found = disagreementsAt(run, step);
  const planted = found.filter((each) => each.planted);
  const others = found.filter((each) => !each.planted);
  const postings = postedWithoutReason(view);
  const toCome = plantedStep(run);
  const isLoud = found.length + postings.length > 0;
  return html`<div class="banners">
    ${toCome && planted.length === 0 ? notYetPlanted(view, toCome) : nothing}
    <div role="alert">${
      isLoud
        ? html`<div class="banner">
            ${planted.map((each) => plantedWords(view, each))}
            ${others.length + postings.length > 0 ? html`<p><b>${say.heading}</b></p>` : nothing}
            ${others.map((each) => wordsOf(view, each))}
            ${postings.map((text) => html`<p>${text}</p>`)}
          </div>`
        : nothing
    }</div>
  </div>`;
}

/** Before the step at which the key is planted. */
function notYetPlanted({ language, takeOut }: BannerView, step: Step): TemplateResult {
  const { banner: say } = language.memories;
  return html`<div class="banner quiet"><p>${say.notYetPlanted(atStep(language, step))}</p>
    <button class="button" @click=${takeOut}>${say.takeOut}</button></div>`;
}

function plantedWords(view: BannerView, { party, name, copies }: Disagreement): TemplateResult {
  const { banner: say } = view.language.memories;
  return html`<div class="planted"><p><b>${say.planted}</b>
      ${say.plantedWhy(plantStep(view.language, view.run))}</p>
    <p>${addresses(view, party, name, copies)}</p>
    <button class="button" data-act="take-out" @click=${view.takeOut}>${say.takeOut}</button></div>`;
}

function wordsOf(view: BannerView, { party, name, declared, copies, pieces }: Disagreement): TemplateResult {
  const { memories, values } = view.language;
  const { banner: say } = memories;
  const label = values[name].plain;
  return html`<p>${declared ? say.declared(party, label) : say.undeclared(party, label)}
    ${addresses(view, party, name, copies)}${pieces > 0 ? ` ${say.pieces(pieces)}` : ''}</p>`;
}

function addresses(
  { language, run, show }: BannerView,
  party: Disagreement['party'],
  name: Disagreement['name'],
  copies: Disagreement['copies'],
): TemplateResult {
  const { memories, values } = language;
  const row = rows(run).find((candidate) => candidate.name === name);
  const main = row ? mainCopies(row, copies) : copies;
  return html`${memories.banner.copies(main.length)}${main.slice(0, MOST).map(
    ({ at }) => html` <button class="address" aria-label=${memories.showAt(values[name].plain, party, hexAddress(at))}
      @click=${() => show({ party, at })}>${hexAddress(at)}</button>`,
  )}`;
}

/** What the page posted into a worker by the end of the step and nobody declares; a planted key is said already. */
function postedWithoutReason({ language, run, step }: BannerView): readonly string[] {
  const { memories, values } = language;
  const last = lastUnit(step);
  return unexplainedPostings(run)
    .filter((posting) => posting.unit < last && posting.call !== 'plant')
    .flatMap(({ party, call, findings }) =>
      findings.map(({ name }) => memories.banner.posted(party, values[name].plain, call)),
    );
}

function plantStep(language: Language, run: Run): string {
  const step = plantedStep(run);
  if (!step) throw new Error('a planted key was found, and no step planted it');
  return atStep(language, step);
}
