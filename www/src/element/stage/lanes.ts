/** The boxes above the lifelines: who holds what; Eve between the two, where the wire is. */

import { html, nothing, type TemplateResult } from 'lit';
import { stepName } from '../../content/facts';
import type { Language } from '../../content/language';
import type { Party, Run, Step, WireRecord } from '../../run/model';
import { PROLOGUE } from '../../run/steps';
import { lastUnit } from '../../run/values';
import { reading, wireSoFar } from '../../run/wire';
import { glyph } from '../shared/glyphs';
import { chip, chips, disagrees, type Room } from './chips';
import type { Openable } from './value-card';

export interface LanesView {
  readonly language: Language;
  readonly run: Run;
  readonly step: Step;
  /** Too narrow for three lanes. */
  readonly narrow: boolean;
  /** Too narrow for long names. */
  readonly short: boolean;
  /** There is room for two chips or so in a box. */
  readonly few?: boolean;
  /** Makes a chip one that can be opened. */
  readonly open?: Openable;
}

export function lanes(view: LanesView): TemplateResult {
  const { language, step, narrow, short } = view;
  const room = narrow ? 'narrow' : short ? 'short' : 'full';
  // Before the connection nothing is on the wire, and the authority acts: it takes the middle.
  const middle = () => (step.id === PROLOGUE ? party(view, 'authority', 'short') : eve(view, room));
  return html`<div class="lanes" part="lanes" role="group" aria-label=${language.ui.lanes.label}>
    ${party(view, 'client', room)}
    ${narrow ? nothing : middle()}
    ${party(view, 'server', room)}
  </div>`;
}

function party({ language, run, step, few = false, open }: LanesView, who: Party, room: Room): TemplateResult {
  const { lanes: say } = language.ui;
  return html`<section class="party ${who}" data-party=${who}>
    <h2>${say[who]}${room !== 'full' ? nothing : html` <small>${say.memory}</small>`}</h2>
    <ul class="keys">${chips(run, step, who, few ? FEW_CHIPS : undefined).map((item) => chip(language, item, who, room, open))}</ul>
  </section>`;
}

/** Eve's box is the narrow one. */
const MOST_CHIPS = 2;

/** On a phone, and in a low frame. */
const FEW_CHIPS = 2;

/**
 * Eve's box: what she has learned, how much she keeps, and what she lacks to read it. All from the run. As long as all that she
 * hears is meant for everybody, it is a line.
 */
function eve({ language, run, step, open }: LanesView, room: Room): TemplateResult {
  const { eve: say } = language.memories;
  const items = chips(run, step, 'eavesdropper', room === 'full' ? MOST_CHIPS : 0);
  const quiet = wireSoFar(run, step).every(({ protection }) => protection === 'none') && !items.some(disagrees);
  return html`<section class="party eavesdropper ${quiet ? 'quiet' : ''}" data-party="eavesdropper">
    <h2>${glyph('eye')}${say.title}</h2>
    ${quiet ? nothing : html`<ul class="keys">${items.map((item) => chip(language, item, 'eavesdropper', 'narrow', open))}</ul>`}
    <p>${sentences(language, run, step, room !== 'full').join(say.between)}</p>
  </section>`;
}

function sentences(language: Language, run: Run, step: Step, brief: boolean): readonly string[] {
  const { eve: say } = language.memories;
  const kept = keptBy(run, step);
  const records = wireSoFar(run, step);
  const encrypted = records.filter((record) => record.protection === 'app');
  const field = records.find((record) => record.protection === 'public');
  if (kept === 0) return [say.nothing];
  const last = encrypted.at(-1);
  const closed = last ?? field;
  if (!closed) return [say.open(kept)];
  const first = last ? say.encrypted(kept, encrypted.length) : say.butOneField(kept);
  const what = lacking(language, run, closed);
  if (brief || !what) return [first];
  const lacks = !last ? say.lacksField : isReply(run, step) ? say.lacksReply : say.lacksThem;
  return [first, lacks(what)];
}

/** The records that she says she keeps, one a unit. */
function keptBy(run: Run, step: Step): number {
  const last = lastUnit(step);
  return run.units.filter(
    ({ index, party, unit }) => party === 'eavesdropper' && unit.action === 'keep_record' && index <= last,
  ).length;
}

function lacking(language: Language, run: Run, record: WireRecord): string {
  const { memories, values } = language;
  const { lacks: all } = reading(run, record);
  // What somebody still holds can still be stolen: it is named before what exists no more.
  const alive = all.filter(({ erasedIn }) => !erasedIn);
  const lacks = alive.length > 0 ? alive : all;
  const [lack] = lacks;
  if (!lack) return '';
  const ephemeral = lacks.every(({ kind, erasedIn }) => kind === 'ephemeral_private_key' && erasedIn);
  if (ephemeral && lack.erasedIn) return memories.eve.ephemeral(stepName(language, lack.erasedIn));
  return language.list(
    lacks.map(({ name }) => memories.eve.value(values[name].plain)),
    'or',
  );
}

function isReply(run: Run, step: Step): boolean {
  return step.id === 'read' || (run.question !== undefined && step.records.includes(run.question.record));
}
