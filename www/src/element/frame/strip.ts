/** The strip: where the searches of the memories found the server's private key, at this step. */

import { html, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import type { Party, Run, Step } from '../../run/model';
import { foundIn, lookAt, searchCount } from '../../run/possession/findings';
import { THE_KEY } from '../../run/values';
import { glyph } from '../shared/glyphs';

export interface StripView {
  readonly language: Language;
  readonly run: Run;
  readonly step: Step;
  readonly short: boolean;
  /** No room for Eve. */
  readonly narrow: boolean;
}

export function strip(view: StripView): TemplateResult {
  const { strip: say } = view.language.memories;
  return html`<div class="strip" part="strip" role="group" aria-label=${say.label}>
    <div>${glyph('private')}${view.short ? say.keyShort : say.key}</div>
    ${partiesOf(view).map((party) => cell(view, party))}
  </div>`;
}

/** The server first: it has the key. */
function partiesOf({ narrow }: Pick<StripView, 'narrow'>): readonly Party[] {
  return narrow ? ['server', 'client'] : ['server', 'client', 'eavesdropper'];
}

/** Before the first run is there: its places, and nothing that looks found. */
export function awaitedStrip({ memories }: Language, short: boolean, narrow: boolean): TemplateResult {
  const { strip: say } = memories;
  return html`<div class="strip" part="strip" role="group" aria-label=${say.label}>
    <div>${glyph('private')}${short ? say.keyShort : say.key}</div>
    ${partiesOf({ narrow }).map((party) => html`<div><span class="who">${say.who(party)}</span> <span class="says">…</span></div>`)}</div>`;
}

function cell({ language, run, step }: StripView, party: Party): TemplateResult {
  const { strip: say } = language.memories;
  const finding = foundIn(lookAt(run, step, party), THE_KEY);
  const found = finding !== undefined && finding.copies.length + finding.pieces.length > 0;
  const unexpected = found && party !== 'server';
  // The server's own key is no surprise; that the others do not have it is worth a count.
  const who = party === 'server' ? say.who(party) : say.searched(party, searchCount(run, step, party));
  return html`<div class=${unexpected ? 'unexpected' : ''} data-party=${party} data-found=${found}>
    <span class="who">${who}</span> <span class="says">${found ? say.found : say.notFound}</span>
  </div>`;
}
