/** The boxes above the lifelines: who holds what; and the wire between them. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import type { Party, Run, Step } from '../../run/model';
import { wireSoFar } from '../../run/wire';
import { chips } from '../chips';
import { chip, type Room } from './chip';
import { glyph } from './glyphs';

const { ui } = words;

export interface LanesView {
  readonly run: Run;
  readonly step: Step;
  /** Too narrow for three lanes. */
  readonly narrow: boolean;
  /** Too narrow for long names. */
  readonly short: boolean;
}

export function lanes({ run, step, narrow, short }: LanesView): TemplateResult {
  // Before the connection nothing is on the wire, and the authority acts: it takes the middle.
  const room = narrow ? 'narrow' : short ? 'short' : 'full';
  const middle = step.id === 'certificate' ? party(run, step, 'authority', 'short') : wire(run, step);
  return html`<div class="lanes" part="lanes" role="group" aria-label=${ui.lanes.label}>
    ${party(run, step, 'client', room)}
    ${narrow ? nothing : middle}
    ${party(run, step, 'server', room)}
  </div>`;
}

function party(run: Run, step: Step, who: Party, room: Room): TemplateResult {
  return html`<section class="party ${who}" data-party=${who}>
    <h2>${ui.lanes[who]}${room !== 'full' ? nothing : html` <small>${ui.lanes.memory}</small>`}</h2>
    <ul class="keys">${chips(run, step, who).map((item) => chip(item, who, room))}</ul>
  </section>`;
}

function wire(run: Run, step: Step): TemplateResult {
  const records = wireSoFar(run, step);
  const encrypted = records.filter((record) => record.protection === 'app').length;
  const partly = records.some((record) => record.protection === 'public');
  const say = partly ? ui.lanes.partly : ui.lanes.soFar;
  return html`<section class="party wire">
    <h2>${glyph('wire')}${ui.lanes.wire}</h2>
    <p>${records.length === 0 ? ui.lanes.noRecords : say(records.length, encrypted)}</p>
  </section>`;
}
