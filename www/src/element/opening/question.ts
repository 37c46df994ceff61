/** The opening question: a real record, and keys that were really tried on it. */

import { html, nothing, type TemplateResult } from 'lit';
import { facts } from '../../content/facts';
import type { Language } from '../../content/language';
import { fill } from '../../content/words';
import type { AttemptOutcome, Endpoint, PartyAttempt, Run, ValueName } from '../../run/model';
import { failureIn } from '../../run/outcome';
import { findValue } from '../../run/values';
import { kindColour } from '../shared/colours';
import { asSentence, hexOf, textOf } from '../shared/format';
import { kindGlyph } from '../shared/glyphs';
import { outcomeTitle } from '../shared/outcome-words';

/** As many bytes of the record as the picture shows. The drawer has them all. */
const SHOWN = 64;

export interface QuestionView {
  readonly language: Language;
  readonly run: Run;
  readonly tried: ValueName | undefined;
  readonly try: (key: ValueName) => void;
  readonly watch: () => void;
  /** Opens "Test the claim". */
  readonly test: () => void;
  readonly controls: TemplateResult;
}

export function question(view: QuestionView): TemplateResult {
  const { language, run, tried } = view;
  const { drawers, ui } = language;
  const asked = run.question;
  const record = asked && run.records[asked.record];
  if (!asked || !record) return withoutQuestion(view);
  const lead = run.seeded ? ui.question.leadSeeded : ui.question.lead;
  const opened = asked.attempts.find(({ attempt }) => attempt.key === tried)?.attempt.outcome;
  return html`<section class="ask" part="question" aria-labelledby="ask">
    <div>
      <p class="lead">${lead(record.bytes.length)}</p>
      ${
        opened?.code === 'opened'
          ? html`<pre class="plaintext" tabindex="0" role="region" aria-label=${ui.question.plaintext}>${textOf(opened.plaintext)}</pre>`
          : html`<p class="record" aria-label=${ui.question.hexLabel}>${hexOf(record.bytes, SHOWN)}</p>`
      }
      <div class="actions">${watch(view)}${view.controls}</div>
    </div>
    <div>
      <h2 id="ask">${ui.question.ask}</h2>
      <ul class="choices">${asked.attempts.map((attempt) => choice(view, attempt))}</ul>
      <p class="test"><span>${ui.question.test}</span>
        <button class="button" data-drawer="claim" @click=${view.test}>${drawers.titles.claim}</button></p>
    </div>
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

function choice(view: QuestionView, { party, attempt }: PartyAttempt): TemplateResult {
  const { key, outcome } = attempt;
  const { ui, values } = view.language;
  const label = (ui.question.choices as Partial<Record<ValueName, string>>)[key] ?? values[key].label;
  const kind = findValue(view.run, key)?.kind ?? 'private_key';
  const open = view.tried === key;
  const works = outcome.code === 'opened';
  return html`<li>
    <button class="choice colour-${kindColour[kind]}" data-choice=${key} aria-expanded=${open} @click=${() => view.try(key)}>
      ${kindGlyph(kind)}<span>${label}</span>
      ${open ? html`<span class="mark">${works ? '✓ ' : '✗ '}${works ? ui.question.opens : ui.question.fails}</span>` : nothing}
    </button>
    <div role="status">${
      open
        ? html`<p class="verdict" data-outcome=${outcome.code}>${isTried(outcome) ? html`<b>${ui.question.tried} ${attempt.function}.</b>` : nothing}
            ${reason(view.language, key, party, outcome)}${afterword(view, key)}</p>`
        : nothing
    }</div>
  </li>`;
}

/** Whether it says of a function what became of the key in it, or why it does not take this record. */
function isTried({ code }: AttemptOutcome): boolean {
  return code !== 'not_a_decryption_key' && code !== 'not_a_record' && code !== 'not_held';
}

function reason({ ui, values }: Language, key: ValueName, party: Endpoint, outcome: AttemptOutcome): string {
  const { reasons } = ui.question;
  switch (outcome.code) {
    case 'opened':
      return reasons.opened(values[key].label);
    case 'wrong_length':
      return reasons.wrong_length(outcome.got, outcome.needed);
    case 'not_a_decryption_key':
      return reasons.not_a_decryption_key(outcome.algorithm);
    case 'out_of_range':
      return reasons.out_of_range;
    case 'not_a_record':
      return reasons.not_a_record;
    case 'not_authentic':
      return reasons.not_authentic;
    case 'not_held':
      return reasons.not_held(party);
  }
}

/** What the private key does do in this connection. */
function afterword({ language, run }: QuestionView, key: ValueName): string {
  if (key !== 'server_private_key') return '';
  const { handshake, resumption } = run.options;
  return ` ${fill(language.ui.question.whatItDoes[resumption === 'none' ? handshake : 'resumed'], facts(language, run))}`;
}
