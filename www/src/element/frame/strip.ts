/** The strip: where the searches of the memories found the server's private key, at this step. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import type { Party, Run, Step } from '../../run/model';
import { foundIn, lookAt, searchCount } from '../../run/possession/findings';
import { THE_KEY } from '../../run/values';
import { glyph } from '../shared/glyphs';

const { glass } = words;

export interface StripView {
  readonly run: Run;
  readonly step: Step;
  readonly short: boolean;
  /** No room for Eve. */
  readonly narrow: boolean;
}

export function strip(view: StripView): TemplateResult {
  return html`<div class="strip" part="strip" role="group" aria-label=${glass.strip.label}>
    <div>${glyph('private')}${view.short ? glass.strip.keyShort : glass.strip.key}</div>
    ${cell(view, 'server')}${cell(view, 'client')}${view.narrow ? nothing : cell(view, 'eavesdropper')}
  </div>`;
}

function cell({ run, step }: StripView, party: Party): TemplateResult {
  const finding = foundIn(lookAt(run, step, party), THE_KEY);
  const found = finding !== undefined && finding.copies.length + finding.pieces.length > 0;
  const loud = found && party !== 'server';
  // The server's own key is no surprise; that the others do not have it is worth a count.
  const who = party === 'server' ? glass.strip.who(party) : glass.strip.searched(party, searchCount(run, step, party));
  return html`<div class=${loud ? 'loud' : ''} data-party=${party} data-found=${found}>
    <span class="who">${who}</span> <span class="says">${found ? glass.strip.found : glass.strip.notFound}</span>
  </div>`;
}
