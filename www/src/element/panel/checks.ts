/**
 * The checks of a step, with their outcomes and reasons, and what a failed one led to. Outcomes are ink and a mark, never red or
 * green: those are the colours of keys.
 */

import { html, nothing, type TemplateResult } from 'lit';
import { alertMeaning, stepWords, wordsOfSteps } from '../../content/facts';
import type { Language } from '../../content/language';
import { plainly } from '../../content/words';
import type { Failure, Outcome, Run, Step } from '../../run/model';
import { failureIn } from '../../run/outcome';
import { there } from '../../run/there';
import { checksOf } from '../../run/values';
import { asSentence } from '../shared/format';
import { isEnd, outcomeTitle } from '../shared/outcome-words';
import { actionWords } from '../stage/row-words';

const marks: Record<Outcome['outcome'], string> = { passed: '✓', failed: '✗', not_reached: '–' };

export function checks(language: Language, run: Run, step: Step): TemplateResult | typeof nothing {
  const { ui } = language;
  const made = checksOf(run, step);
  if (made.length === 0) return nothing;
  return html`<section class="checks-of-step">
    <h3>${ui.panel.checks}</h3>
    <ul class="checks">
      ${made.map(({ check, unit }) => {
        const { outcome } = check.outcome;
        const reason = 'reason' in check.outcome ? check.outcome.reason : '';
        const { label, text, ofClient } = wordsOfSteps(language).checks[check.name];
        const meaning = unit.party === 'server' ? (ofClient ?? text) : text;
        return html`<li data-check=${check.name} data-outcome=${outcome}>
          <span class="mark" aria-hidden="true">${marks[outcome]}</span>
          <span>${check.subject ? ui.panel.checkOf(label, check.subject) : label}</span>
          <span class="outcome">${ui.panel.outcome[outcome]}</span>
          <span class="note">${reason || meaning}</span>
        </li>`;
      })}
    </ul>
  </section>`;
}

/**
 * A connection that failed. The step that noticed shows the check that failed (its picture), or here what was wrong where no check
 * looks for it; the one that ends the connection says, once, who noticed, what the alert means, and which steps were not reached.
 */
export function failure(language: Language, run: Run, step: Step): TemplateResult | typeof nothing {
  const found = failureIn(run);
  if (!found) return nothing;
  const { message, alert } = found.report;
  const isHere = step.units.includes(found.unit);
  const isEnding = step.id === 'alert';
  const isShown = checksOf(run, step).some(({ check }) => check.outcome.outcome === 'failed');
  if (!isEnding && (!isHere || isShown)) return nothing;
  return html`<section class="failure" data-noticed-by=${found.party}>
    ${isHere && !isShown ? html`<p>${asSentence(message)}</p>` : nothing}
    ${isEnding ? html`<p class="why">${noticedBy(language, run, found)} ${alert ? alertMeaning(language, alert) : nothing}</p>` : nothing}
    ${isEnding ? unreached(language, run) : nothing}
  </section>`;
}

/** A connection in which both sides wait, in its last step: for what, and which steps were not reached. */
export function stalled(language: Language, run: Run, step: Step): TemplateResult | typeof nothing {
  if (run.outcome.is !== 'stalled' || !isEnd(run, step)) return nothing;
  return html`<section class="failure stalled"><h3>${language.ui.panel.stalled}</h3>
    <p>${outcomeTitle(language, run.outcome)}</p>
    ${unreached(language, run)}
  </section>`;
}

/** The check that failed; a fault that no check looks for was noticed at some other work. */
function noticedBy(language: Language, run: Run, { party, unit }: Failure): string {
  const { ui } = language;
  const failed = there('unit that failed', run.units[unit]);
  const check = failed.unit.events.find((event) => event.type === 'check' && event.outcome.outcome === 'failed');
  if (check?.type === 'check') return ui.panel.noticedBy.check(party, wordsOfSteps(language).checks[check.name].label);
  return ui.panel.noticedBy.action(party, plainly(language, actionWords(language, party, failed.unit.action).title));
}

function unreached(language: Language, run: Run): TemplateResult | typeof nothing {
  if (run.unreached.length === 0) return nothing;
  return html`<details class="unreached"><summary>${language.ui.panel.unreached(run.unreached.length)}</summary>
    <ul>${run.unreached.map((id) => html`<li data-unreached=${id}>${stepWords(language, run, id).title}</li>`)}</ul>
  </details>`;
}
