/** The boxes above the lifelines: who holds what; Eve between the two, where the wire is. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import type { Party, Run, Step } from '../../run/model';
import { chips } from '../chips';
import { chip, type Room } from './chip';
import { eve } from './eve';

const { ui } = words;

export interface LanesView {
  readonly run: Run;
  readonly step: Step;
  /** Too narrow for three lanes. */
  readonly narrow: boolean;
  /** Too narrow for long names. */
  readonly short: boolean;
  /** The boxes have the whole width, and nothing beneath them needs the middle. */
  readonly wide?: boolean;
}

export function lanes({ run, step, narrow, short, wide = false }: LanesView): TemplateResult {
  const room = narrow ? 'narrow' : short ? 'short' : 'full';
  // Before the connection nothing is on the wire, and the authority acts: it takes the middle.
  const middle = () =>
    step.id === 'certificate' ? party(run, step, 'authority', 'short') : eve(run, step, room, wide && !short);
  return html`<div class="lanes" part="lanes" role="group" aria-label=${ui.lanes.label}>
    ${party(run, step, 'client', room)}
    ${narrow ? nothing : middle()}
    ${party(run, step, 'server', room)}
  </div>`;
}

function party(run: Run, step: Step, who: Party, room: Room): TemplateResult {
  return html`<section class="party ${who}" data-party=${who}>
    <h2>${ui.lanes[who]}${room !== 'full' ? nothing : html` <small>${ui.lanes.memory}</small>`}</h2>
    <ul class="keys">${chips(run, step, who).map((item) => chip(item, who, room))}</ul>
  </section>`;
}
