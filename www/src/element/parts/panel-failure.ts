/** A connection that failed: which check noticed, what was said of it, and which steps were not reached. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import { stepWords } from '../../content/facts';
import type { Failure, Run, Step } from '../../run/model';
import { asSentence } from '../format';
import { actionWords } from './rows';

const { ui, alerts } = words;

/** In the step that noticed, and in the one that ends the connection. */
export function failure(run: Run, step: Step): TemplateResult | typeof nothing {
  const { failure: found } = run;
  if (!found || (step.id !== 'alert' && !step.units.includes(found.unit))) return nothing;
  const { message, alert } = found.report;
  return html`<section class="failure"><h3>${ui.panel.failure}</h3>
    <p>${asSentence(message)}</p>
    <p class="why" data-noticed-by=${found.party}>${noticedBy(run, found)}</p>
    ${alert ? html`<p class="why"><b>${ui.panel.sent(found.party, alert)}</b> ${alerts[alert] ?? ''}</p>` : nothing}
    ${unreached(run)}
  </section>`;
}

/** The check that failed; a fault that no check looks for was noticed at some other work. */
function noticedBy(run: Run, { party, unit }: Failure): string {
  const failed = run.units[unit];
  const check = failed?.unit.events.find((event) => event.type === 'check' && event.outcome.outcome === 'failed');
  if (check?.type === 'check') return ui.panel.noticedBy.check(party, words.checks[check.name].label);
  return failed ? ui.panel.noticedBy.action(party, actionWords(party, failed.unit.action).title) : '';
}

function unreached(run: Run): TemplateResult | typeof nothing {
  if (run.unreached.length === 0) return nothing;
  return html`<details class="unreached"><summary>${ui.panel.unreached(run.unreached.length)}</summary>
    <ul>${run.unreached.map((id) => html`<li data-unreached=${id}>${stepWords(run, id).title}</li>`)}</ul>
  </details>`;
}
