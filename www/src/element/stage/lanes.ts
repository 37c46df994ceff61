/** The boxes above the lifelines: who holds what; Eve between the two, where the wire is. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import { stepName } from '../../content/facts';
import type { Party, Run, Step, WireRecord } from '../../run/model';
import { lastUnit } from '../../run/values';
import { type Lack, reading, wireSoFar } from '../../run/wire';
import { glyph } from '../shared/glyphs';
import { chip, chips, type Room } from './chips';

const { ui, glass, values, listOf } = words;

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

/** Eve's box is the narrow one. */
const MOST_CHIPS = 2;

/** Eve's box: what she has learned, how much she keeps, and what she lacks to read it. All from the run. */
function eve(run: Run, step: Step, room: Room, long: boolean): TemplateResult {
  const own: Room = room === 'full' && long ? 'full' : 'narrow';
  return html`<section class="party eavesdropper" data-party="eavesdropper">
    <h2>${glyph('eye')}${long ? glass.eve.titleLong : glass.eve.title}</h2>
    <ul class="keys">${chips(run, step, 'eavesdropper', room === 'full' ? MOST_CHIPS : 0).map((item) => chip(item, 'eavesdropper', own))}</ul>
    <p>${sentences(run, step, room !== 'full').join(' ')}</p>
  </section>`;
}

function sentences(run: Run, step: Step, brief: boolean): readonly string[] {
  const kept = keptBy(run, step);
  const records = wireSoFar(run, step);
  const encrypted = records.filter((record) => record.protection === 'app');
  const field = records.find((record) => record.protection === 'public');
  if (kept === 0) return [glass.eve.nothing];
  const last = encrypted.at(-1);
  const closed = last ?? field;
  if (!closed) return [`${glass.eve.open(kept)}.`];
  const first = last ? glass.eve.encrypted(kept, encrypted.length) : glass.eve.butOneField(kept);
  const what = lacking(run, closed);
  if (brief || !what) return [`${first}.`];
  const say = !last ? glass.eve.lacksField : isReply(run, step) ? glass.eve.lacksReply : glass.eve.lacksThem;
  return [`${first}.`, `${say(what)}.`];
}

/** The records that she says she keeps, one a unit. */
function keptBy(run: Run, step: Step): number {
  const last = lastUnit(step);
  return run.units.filter(
    ({ index, party, unit }) => party === 'eavesdropper' && unit.action === 'keep_record' && index <= last,
  ).length;
}

function lacking(run: Run, record: WireRecord): string {
  const { lacks: all } = reading(run, record);
  // What somebody still holds can still be stolen: it is named before what exists no more.
  const alive = all.filter(({ erasedIn }) => !erasedIn);
  const lacks = alive.length > 0 ? alive : all;
  const [lack] = lacks;
  if (!lack) return '';
  const ephemeral = lacks.every(({ kind, erasedIn }) => kind === 'ephemeral_private_key' && erasedIn);
  if (ephemeral && lack.erasedIn) return glass.eve.ephemeral(stepName(lack.erasedIn));
  return listOf(lacks.map(nameOf), 'or');
}

const nameOf = ({ name }: Lack): string => `the ${values[name].label}`;

function isReply(run: Run, step: Step): boolean {
  return step.id === 'read' || (run.question !== undefined && step.records.includes(run.question.record));
}
