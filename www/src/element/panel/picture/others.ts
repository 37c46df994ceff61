/** Pictures of what is checked, carried, kept and erased. */

import { html, nothing, type TemplateResult } from 'lit';
import { wordsOfSteps } from '../../../content/facts';
import type { Language } from '../../../content/language';
import type { Check } from '../../../run/model';
import type { Carried, Carrying, Checking, Erasing, Gone, Ingredient, Keeping } from '../../../run/picture/model';
import { valueColour } from '../../shared/colours';
import { asSentence } from '../../shared/format';
import { kindGlyph } from '../../shared/glyphs';
import { holderWords, nameOf, shortNameOf, thing } from './thing';

/** With a row of its own there is room for more. */
const WIDE = 12;

/** Of more than these, names are short. */
const FEW = 2;

export function checkingPicture(language: Language, { shown, failed, passed, by }: Checking): TemplateResult {
  const { pictures: say } = wordsOfSteps(language);
  const line = (check: Check) => {
    const { name, subject, outcome } = check;
    const isFailed = check === failed;
    return html`<li data-check=${name} data-outcome=${outcome.outcome}>
      <span class="mark" aria-hidden="true">${isFailed ? '✗' : '✓'}</span>
      <span>${say.checks[name](subject, by)}${isFailed ? html` <b>${language.ui.panel.outcome.failed}</b>` : nothing}</span>
      ${isFailed && 'reason' in outcome ? html`<span class="note">${asSentence(outcome.reason)}</span>` : nothing}
    </li>`;
  };
  const others = failed ? passed : passed - shown.length;
  return html`<ul class="marked">${shown.map(line)}</ul>
    ${others > 0 ? html`<p class="note">${failed ? say.passedBefore(others) : say.alsoPassed(others)}</p>` : nothing}`;
}

export function carryingPicture(language: Language, { messages, stays }: Carrying): TemplateResult {
  const { pictures: say } = wordsOfSteps(language);
  return html`${messages.map((message) => carried(language, message))}
    ${stays.length > 0 ? html`<p class="note">${say.stays}</p>${stays.map((each) => held(language, each))}` : nothing}`;
}

function carried(language: Language, { values, reading }: Carried): TemplateResult {
  const { reading: say } = language.ui;
  return html`<div class="carried">${values.map((value) => thing(language, value, { shown: WIDE }))}
    ${reading.by === 'anyone' ? html`<span class="note">${say.anyone}</span>` : nothing}</div>`;
}

export function keepingPicture(language: Language, { kept }: Keeping): TemplateResult {
  return html`${kept.map((each) => held(language, each))}`;
}

function held(language: Language, { value, holders }: Ingredient): TemplateResult {
  return html`<div class="kept">${thing(language, value, { shown: WIDE })}<span class="note">${holderWords(language, holders)}</span></div>`;
}

export function erasingPicture(language: Language, { gone }: Erasing): TemplateResult {
  const { pictures: say } = wordsOfSteps(language);
  // What is too short to search for, no search can say anything of.
  const searched = gone.filter(({ copies }) => copies);
  const left = searched.filter(({ copies }) => (copies?.after ?? 0) > 0);
  const sum = (which: 'before' | 'after') => searched.reduce((total, { copies }) => total + (copies?.[which] ?? 0), 0);
  const called = searched.length > FEW ? shortNameOf : nameOf;
  const name = ({ name, kind }: Gone, isLeft: boolean) =>
    html`<li class="name colour-${valueColour({ name, kind })}" data-value=${name}>${kindGlyph(kind)}${isLeft ? html`<span>${called(language, { name })}</span>` : html`<s>${called(language, { name })}</s>`}</li>`;
  return html`<ul class="gone">${searched.map((each) => name(each, left.includes(each)))}</ul>
    <p class="who">${say.found(sum('before'))} <b>${say.foundNow(sum('after'))}</b></p>`;
}
