/** The figure of the opening: the reply on the wire between two memories, and what became of it when a key was tried. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import type { Endpoint, PartyAttempt, Run, Step, WireRecord } from '../../run/model';
import { isKeptByEve } from '../../run/overheard';
import { findValue } from '../../run/values';
import { reading } from '../../run/wire';
import { COMPACT, LONG_NAMES, PHONE, SHORT_NAMES } from '../../style/breakpoints';
import { valueColour } from '../shared/colours';
import { hexOf, textOf } from '../shared/format';
import { glyph, kindGlyph } from '../shared/glyphs';
import { type Answer, reasonAndRest } from './answer';
import type { Memory } from './holdings';
import { kindOf } from './question';

/** Three columns, or one on a phone: the same before the run is there and after. */
export interface FigureParts {
  readonly language: Language;
  readonly memories: Readonly<Record<Endpoint, Memory | typeof nothing>>;
  /** Above, on and below the wire. */
  readonly above: TemplateResult | string;
  readonly reply: TemplateResult;
  readonly below: TemplateResult | typeof nothing;
}

export function frameOf({ language, memories, above, reply, below }: FigureParts): TemplateResult {
  const { ui } = language;
  const memory = (party: Endpoint) => html`<section class="memory ${party}" data-party=${party}>
      <h2>${ui.lanes[party]} <small>${ui.lanes.memory}</small></h2><ul>${memories[party]}</ul></section>`;
  return html`<div class="figure" role="group" aria-label=${ui.question.figure}>
    ${memory('client')}
    <div class="wire"><div class="above">${above}</div>${reply}<div class="below">${below}</div></div>
    ${memory('server')}
  </div>`;
}

export interface FigureView {
  readonly language: Language;
  readonly run: Run;
  readonly step: Step;
  readonly record: WireRecord;
  readonly width: number;
  /** No room for more than what became of the key. */
  readonly brief: boolean;
  readonly memories: FigureParts['memories'];
  readonly tried: { readonly attempt: PartyAttempt; readonly answer: Answer } | undefined;
}

export function figure(view: FigureView): TemplateResult {
  const { language, run, record, width, tried, brief } = view;
  const { question: say } = language.ui;
  const size = run.seeded ? say.sentSeeded(record.bytes.length) : say.sent(record.bytes.length);
  const outcome = tried?.attempt.attempt.outcome;
  const isOpened = outcome?.code === 'opened';
  const key = reading(run, record).key;
  const kind = key && findValue(run, key)?.kind;
  const reply = html`<div class="reply colour-${key && kind ? valueColour({ name: key, kind }) : 'clear'} ${isOpened ? 'opened' : ''}" data-outcome=${outcome?.code ?? nothing}>
    <p class="record" aria-label=${say.hexLabel}>${hexOf(record.bytes, bytesShown(width))}</p>
    ${isOpened ? html`<pre class="plaintext" tabindex="0" role="region" aria-label=${say.plaintext}>${textOf(outcome.plaintext)}</pre>` : nothing}
  </div>`;
  const below = html`${isKeptByEve(run, record) ? html`<p class="eve">${glyph('eye')}${say.eve}</p>` : nothing}
    <p class="reason" role="status">${tried && !brief ? reasonAndRest(tried.answer).reason : nothing}</p>`;
  return frameOf({
    language,
    memories: view.memories,
    above: html`<p class="sent" ?hidden=${tried !== undefined}>${size}</p><p class="outcome" role="status">${tried ? mark(view) : nothing}</p>`,
    reply,
    below,
  });
}

function mark({ language, tried }: FigureView): TemplateResult | typeof nothing {
  if (!tried) return nothing;
  const { key } = tried.attempt.attempt;
  const kind = kindOf(key);
  const { mark: is } = tried.answer;
  return html`<span class="tried colour-${valueColour({ name: key, kind })}">${kindGlyph(kind)}</span>
    <span class="hidden-text">${language.values[key].plain}</span>
    <b>${is === 'opens' ? '✓' : '✗'} ${language.ui.question[is]}</b>`;
}

/** As many bytes as there is room for. The drawer has them all. */
function bytesShown(width: number): number {
  if (width >= LONG_NAMES) return 96;
  if (width >= SHORT_NAMES) return 72;
  if (width > COMPACT) return 48;
  return width > PHONE ? 36 : 30;
}
