/** The strip: who holds the server's private key at this step, by the parties' own declarations. */

import { html, type TemplateResult } from 'lit';
import { words } from '../../content';
import type { Endpoint, Run, Step } from '../../run/model';
import { possession, THE_KEY } from '../../run/possession';
import { glyph } from './glyphs';

const { ui } = words;

export function strip(run: Run, step: Step, short: boolean): TemplateResult {
  return html`<div class="strip" part="strip" role="group" aria-label=${ui.strip.label}>
    <div>${glyph('private')}${short ? ui.strip.keyShort : ui.strip.key}</div>
    ${(['server', 'client'] as const).map((party) => cell(run, step, party))}
  </div>`;
}

function cell(run: Run, step: Step, party: Endpoint): TemplateResult {
  const { is } = possession(run, step, party, THE_KEY);
  const holds = is === 'held' || is === 'new' || is === 'used now';
  const text = holds ? ui.strip.holds : party === 'server' && is === 'not yet' ? ui.strip.notYet : ui.strip.doesNotHold;
  return html`<div data-party=${party} data-holds=${holds}>
    <span class="who">${ui.lanes[party].toLowerCase()}</span> <span class="says">${text}</span>
  </div>`;
}
