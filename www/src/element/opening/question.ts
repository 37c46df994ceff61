/** The keys that can be tried on the reply, and what stands beneath them of the one that was tried. */

import { html, nothing, type TemplateResult } from 'lit';
import { stepName } from '../../content/facts';
import type { Language } from '../../content/language';
import { CHOICES } from '../../run/assemble';
import type { Handshake, PartyAttempt, Question, Run, ValueKind, ValueName } from '../../run/model';
import { there } from '../../run/there';
import { valueColour } from '../shared/colours';
import { kindGlyph } from '../shared/glyphs';
import { type Answer, answerOf, reasonAndRest } from './answer';

export interface QuestionView {
  readonly language: Language;
  readonly run: Run;
  /** The figure has no room for the reason: it stands here, before the rest. */
  readonly brief: boolean;
  readonly try: (key: ValueName) => void;
  readonly go: (index: number) => void;
  /** Another key exchange. */
  readonly change: (handshake: Handshake) => void;
  /** Opens "Test the claim". */
  readonly test: () => void;
}

/** Of one of the keys that are tried: known, also where the run has no such key. */
export function kindOf(key: ValueName): ValueKind {
  return there(
    `choice ${key}`,
    CHOICES.find((choice) => choice.key === key),
  ).kind;
}

/** The key that was tried, and what came of it. */
export interface Tried {
  readonly attempt: PartyAttempt;
  readonly answer: Answer;
}

export function triedKey(language: Language, run: Run, key: ValueName | undefined): Tried | undefined {
  const attempt = run.question?.attempts.find((each) => each.attempt.key === key);
  return attempt && { attempt, answer: answerOf(language, run, attempt) };
}

/** The keys' row; what came of one of them takes its place, and leaves it as high as it was. */
export function question(view: QuestionView, { attempts }: Question, tried: Tried | undefined): TemplateResult {
  const keys = attempts.map(({ attempt: { key } }) => {
    const isTried = tried?.attempt.attempt.key === key;
    const kind = kindOf(key);
    return html`<li><button class="choice colour-${valueColour({ name: key, kind })}" data-choice=${key} aria-expanded=${isTried} aria-controls="answer"
      @click=${() => view.try(key)}>${content(view.language, key, kind)}</button></li>`;
  });
  return html`<div class="try ${tried ? 'answered' : ''}"><ul class="choices">${keys}</ul>
    <div class="answer" id="answer">
      <div role="status">${tried ? verdict(view, tried) : nothing}</div>
      ${tried ? further(view, tried.answer) : nothing}
    </div></div>`;
}

/** The same before there is a run: what can be tried is known. */
export function awaitedQuestion(language: Language): TemplateResult {
  const keys = CHOICES.map(({ key, kind }) => {
    return html`<li><button class="choice colour-${valueColour({ name: key, kind })}" disabled>${content(language, key, kind)}</button></li>`;
  });
  return html`<div class="try"><ul class="choices">${keys}</ul><div class="answer"></div></div>`;
}

function content({ ui, values }: Language, key: ValueName, kind: ValueKind): TemplateResult {
  const label = (ui.question.choices as Partial<Record<ValueName, string>>)[key] ?? values[key].plain;
  return html`${kindGlyph(kind)}<span><b>${label}</b> <small>${ui.question.try}</small></span>`;
}

function verdict({ language, brief }: QuestionView, { attempt, answer }: Tried): TemplateResult {
  const { engineers, sentences } = answer;
  const said = brief ? sentences : reasonAndRest(answer).rest;
  const spans = (all: readonly string[]) => all.map((sentence) => html`<span>${sentence}</span> `);
  return html`<div class="verdict" data-outcome=${attempt.attempt.outcome.code}>
    <p>${spans(said)}</p>
    ${engineers.length > 0 ? html`<p class="engineers"><b>${language.ui.panel.engineers}</b> ${spans(engineers)}</p>` : nothing}
  </div>`;
}

/** Where to see it, where it ends differently, and all keys together. */
function further(view: QuestionView, { step, elsewhere }: Answer): TemplateResult {
  const { language } = view;
  const { drawers, ui } = language;
  const { question: say } = ui;
  return html`<div class="further">
    <p>${elsewhere ? elsewhere.text : say.test}</p>
    <div class="actions">
      ${step ? html`<button class="button" data-show=${step.id} @click=${() => view.go(step.index)}>${say.showStep(stepName(language, step))}</button>` : nothing}
      ${
        elsewhere
          ? html`<button class="button" data-elsewhere=${elsewhere.handshake} @click=${() => view.change(elsewhere.handshake)}>
              ${say.elsewhere.show(ui.handshake[elsewhere.handshake])}</button>`
          : nothing
      }
      <button class="button" data-drawer="claim" @click=${view.test}>${drawers.titles.claim}</button>
    </div>
  </div>`;
}
