/** The bar above the stage. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import type { Run, Step } from '../../run/model';
import { outcomeTitle } from '../shared/outcome-words';
import { strip } from './strip';

export interface BarView {
  readonly language: Language;
  readonly run: Run;
  readonly step: Step;
  readonly short: boolean;
  readonly narrow: boolean;
  readonly controls: TemplateResult;
  readonly status: string;
}

export function bar({ language, run, step, short, narrow, controls, status }: BarView): TemplateResult {
  const { ui } = language;
  return html`<div class="bar" part="bar">
    <h1 class="hidden-text">${ui.claim}</h1>
    ${controls}<span class="spacer"></span>${strip({ language, run, step, short, narrow })}
    <p class="status" role="status">${status}</p>
    ${run.outcome.is === 'complete' || narrow ? nothing : html`<p class="status">${outcomeTitle(language, run.outcome)}</p>`}
  </div>`;
}
