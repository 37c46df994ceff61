/** The checks of a step, with their outcomes and reasons. Outcomes are ink and a mark, never red or green. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import type { Outcome, Run, Step } from '../../run/model';
import { checksOf } from '../../run/values';

const { ui } = words;

const marks: Record<Outcome['outcome'], string> = { passed: '✓', failed: '✗', not_reached: '–' };

export function checks(run: Run, step: Step): TemplateResult | typeof nothing {
  const made = checksOf(run, step);
  if (made.length === 0) return nothing;
  return html`<section class="checks-of-step">
    <h3>${ui.panel.checks}</h3>
    <ul class="checks">
      ${made.map(({ check, unit }) => {
        const { outcome } = check.outcome;
        const reason = 'reason' in check.outcome ? check.outcome.reason : '';
        const { label, text, ofClient } = words.checks[check.name];
        const meaning = unit.party === 'server' ? (ofClient ?? text) : text;
        return html`<li data-check=${check.name} data-outcome=${outcome}>
          <span class="mark" aria-hidden="true">${marks[outcome]}</span>
          <span>${label}${check.subject ? `: ${check.subject}` : ''}</span>
          <span class="outcome">${ui.panel.outcome[outcome]}</span>
          <span class="note">${reason || meaning}</span>
        </li>`;
      })}
    </ul>
  </section>`;
}
