/** The opening question: a real record, and keys that were really tried on it. */

import { html, nothing, type TemplateResult } from 'lit';
import { stepName } from '../../content/facts';
import type { Language } from '../../content/language';
import type { Handshake, PartyAttempt, Run, ValueName } from '../../run/model';
import { failureIn } from '../../run/outcome';
import { findValue } from '../../run/values';
import { kindColour } from '../shared/colours';
import { asSentence, hexOf, textOf } from '../shared/format';
import { kindGlyph } from '../shared/glyphs';
import { outcomeTitle } from '../shared/outcome-words';
import { type Answer, answerOf } from './answer';

/** As many bytes of the record as the picture shows. The drawer has them all. */
const SHOWN = 64;

export interface QuestionView {
  readonly language: Language;
  readonly run: Run;
  readonly tried: ValueName | undefined;
  /** One column: what came of a key stands under it. Else it has a place of its own. */
  readonly compact: boolean;
  readonly try: (key: ValueName) => void;
  readonly watch: () => void;
  readonly go: (index: number) => void;
  /** Another key exchange. */
  readonly change: (handshake: Handshake) => void;
  /** Opens "Test the claim". */
  readonly test: () => void;
  readonly controls: TemplateResult;
}

export function question(view: QuestionView): TemplateResult {
  const { language, run, compact } = view;
  const { ui } = language;
  const asked = run.question;
  const record = asked && run.records[asked.record];
  if (!asked || !record) return withoutQuestion(view);
  const lead = run.seeded ? ui.question.leadSeeded : ui.question.lead;
  const tried = asked.attempts.find(({ attempt }) => attempt.key === view.tried);
  const actions = html`<div class="actions">${watch(view)}${view.controls}</div>`;
  return html`<section class="ask" part="question" aria-labelledby="ask">
    <div>
      <p class="lead">${lead(record.bytes.length)}</p>
      <div class="reply ${tried && !compact && isOpened(tried) ? 'opened' : ''}">
        <p class="record" aria-label=${ui.question.hexLabel}>${hexOf(record.bytes, SHOWN)}</p>
        ${tried && !compact ? plaintext(view, tried) : nothing}
      </div>
      ${compact ? actions : nothing}
    </div>
    <div>
      <h2 id="ask">${ui.question.ask}</h2>
      <p class="choose">${ui.question.choose}</p>
      <ul class="choices">${asked.attempts.map((attempt) => choice(view, attempt))}</ul>
    </div>
    ${
      compact
        ? nothing
        : html`<div class="place">${tried ? nothing : html`<p class="to-come">${ui.question.toCome}</p>`}${answer(view, tried)}</div>${actions}`
    }
  </section>`;
}

/** A connection that failed or stalled has no reply to ask about. */
function withoutQuestion(view: QuestionView): TemplateResult {
  const { outcome } = view.run;
  const failure = failureIn(view.run);
  return html`<section class="ask" part="question"><div>
    ${outcome.is === 'complete' ? nothing : html`<h2>${outcomeTitle(view.language, outcome)}</h2>`}
    ${failure ? html`<p>${asSentence(failure.report.message)}</p>` : nothing}
    <div class="actions">${watch(view)}${view.controls}</div>
  </div></section>`;
}

function watch(view: QuestionView): TemplateResult {
  return html`<button class="button primary" part="watch" @click=${view.watch}>${view.language.ui.question.watch}</button>`;
}

function choice(view: QuestionView, tried: PartyAttempt): TemplateResult {
  const { language, run, compact } = view;
  const { ui, values } = language;
  const { key } = tried.attempt;
  const label = (ui.question.choices as Partial<Record<ValueName, string>>)[key] ?? values[key].plain;
  const kind = findValue(run, key)?.kind ?? 'private_key';
  const open = view.tried === key;
  return html`<li>
    <button class="choice colour-${kindColour[kind]}" data-choice=${key} aria-expanded=${open} @click=${() => view.try(key)}>
      ${kindGlyph(kind)}<span>${label}</span>${open ? mark(language, answerOf(language, run, tried)) : nothing}
    </button>
    ${compact ? html`${answer(view, open ? tried : undefined)}${open ? plaintext(view, tried) : nothing}` : nothing}
  </li>`;
}

function mark({ ui }: Language, { mark: is }: Answer): TemplateResult {
  return html`<span class="mark">${is === 'opens' ? '✓ ' : '✗ '}${ui.question[is]}</span>`;
}

/** What came of it; before a choice, the empty place that a screen reader listens to. */
function answer(view: QuestionView, tried: PartyAttempt | undefined): TemplateResult {
  const said = tried && answerOf(view.language, view.run, tried);
  return html`<div class="answer">
    <div role="status">${tried && said ? verdict(view.language, tried, said) : nothing}</div>
    ${said ? further(view, said) : nothing}
  </div>`;
}

function verdict({ ui }: Language, { attempt }: PartyAttempt, { sentences, engineers }: Answer): TemplateResult {
  return html`<div class="verdict" data-outcome=${attempt.outcome.code}>
    <p>${sentences.map((sentence) => html`<span>${sentence}</span> `)}</p>
    ${
      engineers.length > 0
        ? html`<p class="engineers"><b>${ui.panel.engineers}</b> ${engineers.map((sentence) => html`<span>${sentence}</span> `)}</p>`
        : nothing
    }
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

function plaintext(
  { language }: QuestionView,
  { attempt: { outcome } }: PartyAttempt,
): TemplateResult | typeof nothing {
  if (outcome.code !== 'opened') return nothing;
  return html`<pre class="plaintext" tabindex="0" role="region" aria-label=${language.ui.question.plaintext}>${textOf(outcome.plaintext)}</pre>`;
}

const isOpened = ({ attempt }: PartyAttempt): boolean => attempt.outcome.code === 'opened';
