/**
 * The chips in a party's box: which there are (at most four, the rest grouped, the server's private key last in the client's),
 * and how each looks: a glyph for the kind, owner and kind in words, the state in words.
 */

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { stepName } from '../../content/facts';
import type { Language } from '../../content/language';
import type { Party, Run, Step, ValueKind } from '../../run/model';
import { type Possession, possessions } from '../../run/possession/possession';
import { isOpen, THE_KEY } from '../../run/values';
import { kindColour, valueColour } from '../shared/colours';
import { kindGlyph } from '../shared/glyphs';
import { rfcName } from '../shared/names';
import type { Openable } from './value-card';

/** One value, or several of a kind under one glyph. */
export type Chip =
  | { readonly is: 'one'; readonly possession: Possession }
  | { readonly is: 'group'; readonly group: Group; readonly kind: ValueKind; readonly members: readonly Possession[] };

export type Group = 'data' | 'certificates' | 'open' | 'others';

const MOST = 4;

/** What stays visible longest: what the page is about first, what is at hand anywhere last. */
const weight: Record<ValueKind, number> = {
  private_key: 6,
  server_secret: 5.5,
  ephemeral_private_key: 5,
  shared_secret: 4,
  traffic_key: 3,
  public_key: 2,
  certificate: 1,
  plaintext: 0.5,
  seed: 0,
  public: 0,
};

/** Where there is room for few, what is new goes into groups as well. */
export function chips(run: Run, step: Step, party: Party, most = MOST): readonly Chip[] {
  const all = possessions(run, step, party);
  const theKey = party === 'client' ? all.find((possession) => possession.name === THE_KEY) : undefined;
  const others = all.filter((possession) => possession !== theKey && isShown(possession, party));
  const room = theKey ? most - 1 : most;
  return [...within(others, room, most < MOST), ...(theKey ? [{ is: 'one', possession: theKey } as const] : [])];
}

function isShown({ state, name, kind, disagreement }: Possession, party: Party): boolean {
  if (disagreement) return true;
  // The key that the page is about is the server's: only the client's box says that it is not there.
  if (state.is === 'never' || state.is === 'not yet') return false;
  // What anybody may have is overwritten by the way, with the message that it came in.
  if (state.is === 'erased' && isOpen(kind)) return false;
  // Of what came and went in an earlier connection, the secret of its session is what matters.
  if (state.is === 'erased' && state.step.id === 'session') return state.now && name === 'master_secret';
  if (state.is === 'erased') return state.now || kind === 'ephemeral_private_key';
  return party === 'server' || name !== THE_KEY || state.is === 'held';
}

/** Groups values, the data keys first and then those that anybody may see, until they fit; the rest is one more chip. */
function within(all: readonly Possession[], room: number, tight: boolean): readonly Chip[] {
  let list: Chip[] = all.map((possession) => ({ is: 'one', possession }));
  list = merge(list, 'data', ['traffic_key'], tight);
  if (list.length > room) list = merge(list, 'certificates', ['certificate'], tight);
  if (list.length > room) list = merge(list, 'open', ['certificate', 'public_key'], tight);
  if (list.length > room) list = list.filter((chip) => !isPast(chip));
  list.sort(byWeight);
  if (list.length <= room + 1) return list;
  // What changes in this step keeps its own chip; the rest is one more.
  const kept = [...list]
    .sort((a, b) => Number(isQuietChip(a)) - Number(isQuietChip(b)) || byWeight(a, b))
    .slice(0, room);
  const members = list.filter((chip) => !kept.includes(chip)).flatMap(membersOf);
  const kind = members[0]?.kind ?? 'public';
  return [...kept.sort(byWeight), { is: 'group', group: 'others', kind, members }];
}

const byWeight = (a: Chip, b: Chip): number => weight[kindOf(b)] - weight[kindOf(a)];

/** Whether a search found something else than what is declared. */
export function disagrees(chip: Chip): boolean {
  return membersOf(chip).some(({ disagreement }) => disagreement !== undefined);
}

/** Nothing happens to it in this step. The key that the page is about is never quiet. */
function isQuietChip(chip: Chip): boolean {
  if (membersOf(chip).some(({ name }) => name === THE_KEY)) return false;
  return membersOf(chip).every(({ state, disagreement }) => state.is === 'held' && !disagreement);
}

/** Erased in an earlier step. */
function isPast(chip: Chip): boolean {
  return membersOf(chip).every(({ state, disagreement }) => state.is === 'erased' && !state.now && !disagreement);
}

function membersOf(chip: Chip): readonly Possession[] {
  return chip.is === 'one' ? [chip.possession] : chip.members;
}

function kindOf(chip: Chip): ValueKind {
  return chip.is === 'one' ? chip.possession.kind : chip.kind;
}

function merge(list: readonly Chip[], group: Group, kinds: readonly ValueKind[], tight: boolean): Chip[] {
  const fits = (member: Possession) => kinds.includes(member.kind) && (tight || isQuiet(member));
  const is = (chip: Chip) => membersOf(chip).every(fits);
  const members = list.filter(is).flatMap(membersOf);
  const [head] = members;
  if (!head || members.length < 2) return [...list];
  return [...list.filter((chip) => !is(chip)), { is: 'group', group, kind: kinds[0] ?? head.kind, members }];
}

/** What changes in this step, or is gone, is not hidden in a group; data keys come in pairs and stay together. */
function isQuiet({ state, kind, disagreement }: Possession): boolean {
  if (disagreement) return false;
  return kind === 'traffic_key' || state.is === 'held';
}

/** How much room a chip has: for all, for a short name, or for a short name and a short state. */
export type Room = 'full' | 'short' | 'narrow';

/** With `open` a chip can be opened. */
export function chip(
  language: Language,
  item: Chip,
  party: Party,
  room: Room,
  open: Openable = closed,
): TemplateResult {
  return item.is === 'one'
    ? single(language, item.possession, party, room, open)
    : grouped(language, item, party, room, open);
}

const closed: Openable = (_, __, text) => text;

function single(language: Language, possession: Possession, party: Party, room: Room, open: Openable): TemplateResult {
  const { values } = language;
  const { name, kind, state, disagreement } = possession;
  const not = state.is === 'never' || state.is === 'not yet';
  const erased = state.is === 'erased';
  const classes = {
    key: true,
    [`colour-${valueColour(possession)}`]: true,
    new: state.is === 'new' && party !== 'authority',
    not: not || (erased && !state.now),
    erased,
    now: erased && state.now,
    disagrees: disagreement !== undefined,
  };
  const whole = room === 'full' || (party === 'client' && name === THE_KEY);
  const { plain, short = plain } = values[name];
  const text = html`${kindGlyph(kind)}<span class="name">${whole ? plain : short}</span>${room === 'full' ? rfcName(language, name) : nothing}${party === 'authority' && !disagreement ? nothing : em(possessionWords(language, possession, room))}`;
  return html`<li class=${classMap(classes)} data-value=${name} data-state=${state.is}>${open(`value-${party}-${name}`, [name], text)}</li>`;
}

function grouped(
  language: Language,
  item: Extract<Chip, { is: 'group' }>,
  party: Party,
  room: Room,
  open: Openable,
): TemplateResult {
  const { ui, values } = language;
  const { members, group, kind } = item;
  const states = new Set(members.map((member) => member.state.is));
  const erased = members.every((member) => member.state.is === 'erased');
  const state = states.has('new') ? 'new' : states.has('used now') ? 'used now' : erased ? 'erased' : 'held';
  const title = members.map((member) => values[member.name].plain).join(ui.groups.between);
  const n = group === 'data' ? members.filter((member) => member.name.endsWith('_write_key')).length : members.length;
  const text = html`${kindGlyph(kind)}<span class="name">${ui.groups[group === 'open' && room === 'narrow' ? 'openShort' : group](n)}</span>${em(groupWords(language, state, room))}
    <span class="hidden-text">${ui.groups.members(title)}</span>`;
  return html`<li class=${classMap({ key: true, [`colour-${kindColour[kind]}`]: true, new: state === 'new', erased, now: erased })}
    data-group=${group} data-members=${members.map(({ name }) => name).join(' ')} data-state=${state} title=${title}>
    ${open(
      `values-${party}-${group}`,
      members.map((member) => member.name),
      text,
    )}
  </li>`;
}

const em = (text: string) => (text ? html`<em>${text}</em>` : nothing);

function groupWords({ ui }: Language, state: string, room: Room): string {
  if (state === 'new') return ui.states.new;
  if (state === 'erased') return ui.states.erasedNow;
  return state === 'used now' ? used(ui, room) : '';
}

const used = (ui: Language['ui'], room: Room) => (room === 'narrow' ? ui.states.used : ui.states.usedNow);

function possessionWords(language: Language, { state, made, disagreement }: Possession, room: Room): string {
  const { ui } = language;
  if (disagreement) return disagreement.declared ? ui.states.missing : ui.states.undeclared;
  switch (state.is) {
    case 'new':
      return ui.states.new;
    case 'used now':
      return used(ui, room);
    case 'erased':
      return state.now ? ui.states.erasedNow : ui.states.erasedAt(stepName(language, state.step));
    case 'never':
    case 'not yet':
      return made ? ui.states.notFound : ui.states.notMade;
    case 'held':
      return '';
  }
}
