/** What the search cannot show, in plain words, with what was posted into the workers counted from the run. */

import { html, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import { PARTIES, type Party, type Run, type Step } from '../../run/model';
import { lastUnit, THE_KEY } from '../../run/values';

/** Up to the end of a step, or of the whole run. */
export function limits(language: Language, run: Run, step?: Step): TemplateResult {
  const { limits: say } = language.memories;
  return html`<section class="limits" aria-labelledby="limits">
    <h3 id="limits">${say.title}</h3>
    <ul>
      <li>${say.bytes}</li>
      <li>${say.linear}</li>
      <li>${step ? say.posted : say.postedAll}
        <ul class="posted">${PARTIES.map((party) => posted(language, run, party, step))}</ul></li>
    </ul>
  </section>`;
}

function posted({ memories }: Language, run: Run, party: Party, step: Step | undefined): TemplateResult {
  const last = step ? lastUnit(step) : Number.POSITIVE_INFINITY;
  const own = run.postings.filter((posting) => posting.party === party && posting.unit < last);
  const size = own.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const found = own.some(({ findings }) => findings.some(({ name }) => name === THE_KEY));
  return html`<li data-party=${party} data-found=${found}>${memories.limits.count(party, own.length, size)};
    ${memories.limits.key} <b>${found ? memories.strip.found : memories.strip.notFound}</b></li>`;
}
