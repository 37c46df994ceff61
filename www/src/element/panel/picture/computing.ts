/** Pictures of computations. */

import { html, nothing, type TemplateResult } from 'lit';
import { wordsOfSteps } from '../../../content/facts';
import type { Language } from '../../../content/language';
import type { Value } from '../../../run/model';
import { isConfirmed } from '../../../run/picture/computing';
import type {
  Agreement,
  AgreementSide,
  Confirmation,
  Derivation,
  Ingredient,
  Operation,
  Operations,
  Stage,
} from '../../../run/picture/model';
import { type Colour, valueColour } from '../../shared/colours';
import { kindGlyph } from '../../shared/glyphs';
import { holderWords, nameOf, type ThingOptions, thing } from './thing';

/** As many as are drawn; of more, how many. */
const MOST = 2;

export function operationsPicture(language: Language, { all }: Operations): TemplateResult {
  const { pictures: say } = wordsOfSteps(language);
  const [first] = all;
  if (!first) return html``;
  const { key, keyHolders } = first;
  return html`${all.slice(0, MOST).map((operation, index) => flow(language, operation, index > 0))}
    ${all.length > MOST ? html`<p class="note">${say.more(all.length - MOST)}</p>` : nothing}
    <p class="who" data-value=${key.name}>
      <span class="name colour-${valueColour(key)}">${kindGlyph(key.kind)}<span>${nameOf(language, key)}</span></span>
      <span>${say.whoHas} <b>${say.whoHasIt(keyHolders.has, keyHolders.lacks)}</b></span>
    </p>`;
}

/** The names are said once, above the first of several. */
function flow(language: Language, operation: Operation, unnamed: boolean): TemplateResult {
  const { given, key, result, sameAs } = operation;
  const note = sameAs ? wordsOfSteps(language).pictures.sameAs(sameAs) : undefined;
  return html`<div class="flow">
    ${thing(language, given, { ...protection(operation, given), unnamed })}
    <span class="way colour-${valueColour(key)}">${kindGlyph(key.kind)}</span>
    ${thing(language, result, { ...protection(operation, result), unnamed, ...(note ? { note } : {}) })}
  </div>`;
}

/** Bytes that only a key makes readable have its colour and its line; a signature hides nothing. */
function protection({ given, key, result }: Operation, value: Value): ThingOptions {
  const other = value === given ? result : given;
  const isHidden = value.kind === 'public' && other.kind !== 'public';
  if (!isHidden) return {};
  const line: Colour & ('public' | 'app') =
    key.kind === 'traffic_key' || key.kind === 'server_secret' ? 'app' : 'public';
  return { colour: key.kind === 'server_secret' ? valueColour(key) : line, line };
}

export function agreementPicture(language: Language, { sides, same, holders }: Agreement): TemplateResult {
  const { pictures: say } = wordsOfSteps(language);
  return html`<div class="sides">${sides.map((side) => half(language, side))}</div>
    <p class="who">${same ? html`<b>${say.same}</b>` : nothing} <span>${holderWords(language, holders)}</span></p>`;
}

function half(language: Language, { party, own, other, result }: AgreementSide): TemplateResult {
  return html`<div class="side" data-party=${party}>
    ${thing(language, own)}<span class="plus" aria-hidden="true">+</span>${thing(language, other)}
    <span class="way down" aria-hidden="true"></span>${thing(language, result)}
  </div>`;
}

/** One tree, from top to bottom. What a stage takes from the one above it stands between them. */
export function derivationPicture(language: Language, { stages, holders }: Derivation): TemplateResult {
  const made = stages.slice(0, -1).flatMap(({ results }) => results.map(({ name }) => name));
  return html`${stages.map((stage, index) => {
    const given = stage.given.filter(({ value }) => !made.includes(value.name));
    const above = stage.given.filter(({ value }) => made.includes(value.name));
    return html`<div class="stage-of-tree">
      ${above.map(({ value }) => thing(language, value))}
      ${given.filter(isSecret).map((each) => held(language, each))}
      ${sameOpen(stage, stages[index - 1]) ? again(language) : open(language, openOf(stage), index === 0)}
    </div>
    <span class="way down" aria-hidden="true"></span>`;
  })}
  <div class="stage-of-tree">${stages.at(-1)?.results.map((value) => thing(language, value))}</div>
  <p class="who">${holderWords(language, holders)}</p>`;
}

const isSecret = ({ value }: Ingredient): boolean => value.kind !== 'public';

function held(language: Language, { value, holders }: Ingredient): TemplateResult {
  return html`<div>${thing(language, value)}<span class="note">${holderWords(language, holders)}</span></div>`;
}

const openOf = ({ given }: Stage): readonly Ingredient[] => given.filter((each) => !isSecret(each));

/** Whether two stages take the same from what anybody may know. */
function sameOpen(stage: Stage, before: Stage | undefined): boolean {
  const names = (of: Stage) =>
    openOf(of)
      .map(({ value }) => value.name)
      .toSorted();
  return before !== undefined && names(stage).join() === names(before).join();
}

function again(language: Language): TemplateResult {
  return html`<div class="thing colour-clear"><span class="note">${wordsOfSteps(language).pictures.again}</span></div>`;
}

/** What anybody may know, in one box: it is not what keeps the keys from others. Who that is, is said once. */
function open(language: Language, all: readonly Ingredient[], isFirst: boolean): TemplateResult | typeof nothing {
  const [first] = all;
  if (!first) return nothing;
  return html`<div><div class="thing colour-clear">
      ${all.map(({ value }) => html`<span class="name" data-value=${value.name}>${nameOf(language, value)}</span>`)}
    </div>${isFirst ? html`<span class="note">${holderWords(language, first.holders)}</span>` : nothing}</div>`;
}

export function confirmationPicture(language: Language, view: Confirmation): TemplateResult {
  const { pictures: say } = wordsOfSteps(language);
  const { covers, key, sent, computed, from, to } = view;
  return html`<div class="stage-of-tree">${thing(language, covers)}${thing(language, key)}</div>
    <span class="way down" aria-hidden="true"></span>
    <div class="sides">
      ${thing(language, sent, { note: say.sent(from) })}
      ${computed && to ? thing(language, computed, { note: say.computed(to), unnamed: true }) : nothing}
    </div>
    ${computed ? html`<p class="who"><b>${isConfirmed(view) ? say.same : say.differs}</b></p>` : nothing}`;
}
