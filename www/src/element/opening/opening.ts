/** The first view: the claim, the question, and who holds what at the end. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import type { Run, Step } from '../../run/model';
import { findValue } from '../../run/values';
import { reading } from '../../run/wire';
import { strip } from '../frame/strip';
import { limits } from '../memory/limits';
import { line } from '../stage/diagram';
import { lanes } from '../stage/lanes';

export interface OpeningView {
  readonly language: Language;
  readonly run: Run;
  /** Whose memories and boxes are shown: the step in which the reply is read. */
  readonly step: Step | undefined;
  /** A drawer lies over it. */
  readonly covered: boolean;
  readonly narrow: boolean;
  readonly short: boolean;
  readonly question: TemplateResult;
  readonly status: string;
}

export function opening(view: OpeningView): TemplateResult {
  const { language, run, step, narrow, short } = view;
  const { ui } = language;
  return html`<div class="opening" tabindex="-1" ?inert=${view.covered}>
    <div class="claim">
      <div><h1>${ui.claim}</h1><p>${ui.claimNote}</p>
        ${findValue(run, 'client_private_key') ? html`<p class="own">${ui.claimOwn}</p>` : nothing}</div>
      ${step ? strip({ language, run, step, short: true, narrow }) : ''}
    </div>
    <p class="status" role="status">${view.status}</p>
    ${view.question}
    ${step ? html`<div class="ending ${narrow ? 'narrow' : 'diagram'}">${lanes({ language, run, step, narrow, short, wide: true })}${reply(language, run)}</div>` : ''}
    ${limits(language, run)}
  </div>`;
}

function reply({ ui, values }: Language, run: Run): TemplateResult {
  const record = run.question && run.records[run.question.record];
  if (!record) return html``;
  const { key } = reading(run, record);
  return html`<div class="sequence"><div class="row arrow">
    <span class="words"><span class="title">${ui.question.replyArrow}</span></span>
    ${line(record)}
    <span class="words"><span class="note">${key ? ui.reading.encrypted(values[key].plain) : ui.reading.anyone}</span></span>
  </div></div>`;
}
