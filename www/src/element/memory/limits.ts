/** What the search cannot show, in plain words, with what was posted into the workers counted from the run. */

import { html, type TemplateResult } from 'lit';
import { words } from '../../content';
import { PARTIES, type Party, type Run, type Step } from '../../run/model';
import { lastUnit, THE_KEY } from '../../run/values';

const { glass } = words;

/** Up to the end of a step, or of the whole run. */
export function limits(run: Run, step?: Step): TemplateResult {
  return html`<section class="limits" aria-labelledby="limits">
    <h3 id="limits">${glass.limits.title}</h3>
    <ul>
      <li>${glass.limits.bytes}</li>
      <li>${glass.limits.linear}</li>
      <li>${step ? glass.limits.posted : glass.limits.postedAll}
        <ul class="posted">${PARTIES.map((party) => posted(run, party, step))}</ul></li>
    </ul>
  </section>`;
}

function posted(run: Run, party: Party, step: Step | undefined): TemplateResult {
  const last = step ? lastUnit(step) : Number.POSITIVE_INFINITY;
  const own = run.postings.filter((posting) => posting.party === party && posting.unit < last);
  const size = own.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const found = own.some(({ findings }) => findings.some(({ name }) => name === THE_KEY));
  return html`<li data-party=${party} data-found=${found}>${glass.limits.count(party, own.length, size)};
    ${glass.limits.key} <b>${found ? glass.strip.found : glass.strip.notFound}</b></li>`;
}
