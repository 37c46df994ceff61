/** Chips: a glyph for the kind, owner and kind in words, the state in words. */

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { words } from '../../content';
import { stepName } from '../../content/facts';
import type { Party } from '../../run/model';
import type { Possession } from '../../run/possession/possession';
import { THE_KEY } from '../../run/values';
import { kindColour } from '../shared/colours';
import { kindGlyph } from '../shared/glyphs';
import type { Chip } from './chips';

const { ui, values } = words;

/** How much room a chip has: for all, for a short name, or for a short name and a short state. */
export type Room = 'full' | 'short' | 'narrow';

export function chip(item: Chip, party: Party, room: Room): TemplateResult {
  return item.is === 'one' ? single(item.possession, party, room) : grouped(item, room);
}

function single(possession: Possession, party: Party, room: Room): TemplateResult {
  const { name, kind, state, disagreement } = possession;
  const not = state.is === 'never' || state.is === 'not yet';
  const erased = state.is === 'erased';
  const classes = {
    key: true,
    [`colour-${kindColour[kind]}`]: true,
    new: state.is === 'new' && party !== 'authority',
    not: not || (erased && !state.now),
    erased,
    now: erased && state.now,
    loud: disagreement !== undefined,
  };
  const whole = room === 'full' || (party === 'client' && name === THE_KEY);
  const label = whole ? values[name].label : values[name].short;
  return html`<li class=${classMap(classes)} data-value=${name} data-state=${state.is}>
    ${kindGlyph(kind)}<span class="name">${label}</span>${party === 'authority' && !disagreement ? nothing : em(possessionWords(possession, room))}
  </li>`;
}

function grouped(item: Extract<Chip, { is: 'group' }>, room: Room): TemplateResult {
  const { members, group, kind } = item;
  const states = new Set(members.map((member) => member.state.is));
  const erased = members.every((member) => member.state.is === 'erased');
  const state = states.has('new') ? 'new' : states.has('used now') ? 'used now' : erased ? 'erased' : 'held';
  const title = members.map((member) => values[member.name].label).join(', ');
  const n = group === 'data' ? members.filter((member) => member.name.endsWith('_write_key')).length : members.length;
  return html`<li class=${classMap({ key: true, [`colour-${kindColour[kind]}`]: true, new: state === 'new', erased, now: erased })}
    data-group=${group} data-state=${state} title=${title}>
    ${kindGlyph(kind)}<span class="name">${ui.groups[group === 'open' && room === 'narrow' ? 'openShort' : group](n)}</span>${em(groupWords(state, room))}
    <span class="hidden-text">: ${title}</span>
  </li>`;
}

const em = (text: string) => (text ? html`<em>${text}</em>` : nothing);

function groupWords(state: string, room: Room): string {
  if (state === 'new') return ui.states.new;
  if (state === 'erased') return ui.states.erasedNow;
  return state === 'used now' ? used(room) : '';
}

const used = (room: Room) => (room === 'narrow' ? ui.states.used : ui.states.usedNow);

function possessionWords({ state, made, disagreement }: Possession, room: Room): string {
  if (disagreement) return disagreement.declared ? ui.states.missing : ui.states.undeclared;
  switch (state.is) {
    case 'new':
      return ui.states.new;
    case 'used now':
      return used(room);
    case 'erased':
      return state.now ? ui.states.erasedNow : ui.states.erasedAt(stepName(state.step));
    case 'never':
    case 'not yet':
      return made ? ui.states.notFound : ui.states.notMade;
    case 'held':
      return '';
  }
}
