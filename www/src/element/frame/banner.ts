/** Across the page, wherever a declaration and a search disagree: what, where, and, for a planted key, why. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import { stepName } from '../../content/facts';
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

const { glass, values } = words;

/** As many addresses as the banner lists of one value. */
const MOST = 2;

export interface BannerView {
  readonly run: Run;
  readonly step: Step;
  readonly show: (place: Place) => void;
  readonly takeOut: () => void;
}

export function banner(view: BannerView): TemplateResult {
  const { run, step } = view;
  const found = disagreementsAt(run, step);
  const planted = found.filter((each) => each.planted);
  const others = found.filter((each) => !each.planted);
  const postings = postedWithoutReason(run, step);
  const toCome = plantedStep(run);
  const isLoud = found.length + postings.length > 0;
  return html`<div class="banners">
    ${toCome && planted.length === 0 ? still(view, toCome) : nothing}
    <div role="alert">${
      isLoud
        ? html`<div class="banner">
            ${planted.map((each) => plantedWords(view, each))}
            ${others.length + postings.length > 0 ? html`<p><b>${glass.banner.heading}</b></p>` : nothing}
            ${others.map((each) => wordsOf(view, each))}
            ${postings.map((text) => html`<p>${text}</p>`)}
          </div>`
        : nothing
    }</div>
  </div>`;
}

/** Before the step at which the key is planted. */
function still({ takeOut }: BannerView, step: Step): TemplateResult {
  return html`<div class="banner quiet"><p>${glass.banner.still(stepName(step))}</p>
    <button class="button" @click=${takeOut}>${glass.banner.takeOut}</button></div>`;
}

function plantedWords(view: BannerView, { party, name, copies }: Disagreement): TemplateResult {
  return html`<div class="planted"><p><b>${glass.banner.planted}</b>
      ${glass.banner.plantedWhy(plantStep(view.run))}</p>
    <p>${addresses(view, party, name, copies)}</p>
    <button class="button" data-act="take-out" @click=${view.takeOut}>${glass.banner.takeOut}</button></div>`;
}

function wordsOf(view: BannerView, { party, name, declared, copies, pieces }: Disagreement): TemplateResult {
  const label = values[name].label;
  return html`<p>${declared ? glass.banner.declared(party, label) : glass.banner.undeclared(party, label)}
    ${addresses(view, party, name, copies)}${pieces > 0 ? ` ${glass.banner.pieces(pieces)}` : ''}</p>`;
}

function addresses(
  { run, show }: BannerView,
  party: Disagreement['party'],
  name: Disagreement['name'],
  copies: Disagreement['copies'],
): TemplateResult {
  const row = rows(run).find((candidate) => candidate.name === name);
  const main = row ? mainCopies(row, copies) : copies;
  return html`${glass.banner.copies(main.length)}${main.slice(0, MOST).map(
    ({ at }) => html` <button class="address" aria-label=${glass.keys.showAt(values[name].label, party, hexAddress(at))}
      @click=${() => show({ party, at })}>${hexAddress(at)}</button>`,
  )}`;
}

/** What the page posted into a worker by the end of the step and nobody declares; a planted key is said already. */
function postedWithoutReason(run: Run, step: Step): readonly string[] {
  const last = lastUnit(step);
  return unexplainedPostings(run)
    .filter((posting) => posting.unit < last && posting.call !== 'plant')
    .flatMap(({ party, call, findings }) =>
      findings.map(({ name }) => glass.banner.posted(party, values[name].label, call)),
    );
}

function plantStep(run: Run): string {
  const step = plantedStep(run);
  if (!step) throw new Error('a planted key was found, and no step planted it');
  return stepName(step);
}
