/** The bar above the stage. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import type { Run, Step } from '../../run/model';
import { outcomeTitle } from '../shared/outcome-words';
import { strip } from './strip';

const { ui } = words;

export interface BarView {
  readonly run: Run;
  readonly step: Step;
  readonly short: boolean;
  readonly narrow: boolean;
  readonly controls: TemplateResult;
  readonly status: string;
}

export function bar({ run, step, short, narrow, controls, status }: BarView): TemplateResult {
  return html`<div class="bar" part="bar">
    <h1 class="hidden-text">${ui.claim}</h1>
    ${controls}<span class="spacer"></span>${strip({ run, step, short, narrow })}
    <p class="status" role="status">${status}</p>
    ${run.outcome.is === 'complete' || narrow ? nothing : html`<p class="status">${outcomeTitle(run.outcome)}</p>`}
  </div>`;
}
