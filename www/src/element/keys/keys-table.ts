/** The table of keys: a row for every value, by kind; a column for every memory. */

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { words } from '../../content';
import { stepName } from '../../content/facts';
import { PARTIES, type Party, type Run, type Step, type ValueKind } from '../../run/model';
import { mainCopies } from '../../run/possession/findings';
import { type Possession, possessionOf } from '../../run/possession/possession';
import { isOpen, type Row, rows, THE_KEY } from '../../run/values';
import type { Place } from '../drawer/drawers';
import { kindColour } from '../shared/colours';
import { hexAddress } from '../shared/format';
import { kindGlyph } from '../shared/glyphs';

const { ui, values, glass } = words;

type Show = (place: Place) => void;

export function keysTable(run: Run, step: Step, show: Show): TemplateResult {
  const all = rows(run);
  const kinds = [...new Set(all.map((row) => row.kind))];
  return html`<table>
    <thead><tr>
      <th scope="col">${glass.keys.value}</th>
      ${PARTIES.map((party) => html`<th scope="col" data-party=${party}>${ui.lanes[party]}</th>`)}
    </tr></thead>
    ${kinds.map((kind) => group(run, step, kind, all, show))}
  </table>`;
}

function group(run: Run, step: Step, kind: ValueKind, all: readonly Row[], show: Show): TemplateResult {
  const own = all.filter((row) => row.kind === kind);
  // The key that the page is about comes first.
  const sorted = own.toSorted((a, b) => Number(b.name === THE_KEY) - Number(a.name === THE_KEY));
  return html`<tbody>
    <tr class="kind"><th scope="rowgroup" colspan=${PARTIES.length + 1}><span class="stays colour-${kindColour[kind]}">
      ${kindGlyph(kind)}${glass.keys.groups[kind]}</span></th></tr>
    ${sorted.map((row) => valueRow(run, step, row, show))}
  </tbody>`;
}

function valueRow(run: Run, step: Step, row: Row, show: Show): TemplateResult {
  return html`<tr class=${row.name === THE_KEY ? 'the-key' : ''} data-value=${row.name}>
    <th scope="row">${values[row.name].label}
      ${row.searchable ? nothing : html`<small>${glass.keys.tooShort(longest(row))}</small>`}</th>
    ${PARTIES.map((party) => cell(row, party, possessionOf(run, step, party, row.name, row.kind), show))}
  </tr>`;
}

function longest({ values: all }: Row): number {
  return Math.max(...all.flatMap((value) => value.parts.map((part) => part.bytes.length)));
}

function cell(row: Row, party: Party, possession: Possession, show: Show): TemplateResult {
  const { state, disagreement } = possession;
  const classes = { loud: disagreement !== undefined, held: isHeld(possession), erased: state.is === 'erased' };
  return html`<td class=${classMap(classes)} data-party=${party} data-state=${state.is}><div>
    <span class="says">${stateWords(possession)}</span>
    ${places(row, party, possession, show)}
    ${disagreement ? html`<strong>${glass.keys.loud}</strong>` : nothing}
  </div></td>`;
}

function isHeld({ state }: Possession): boolean {
  return state.is === 'held' || state.is === 'new' || state.is === 'used now';
}

function stateWords({ state, made, kind, disagreement }: Possession): TemplateResult | string {
  const { keys } = glass;
  if (disagreement) return html`<b>${disagreement.declared ? ui.states.missing : ui.states.undeclared}</b>`;
  switch (state.is) {
    case 'never':
      return made ? keys.notFound : keys.notMade;
    case 'not yet':
      return made ? keys.notYet : keys.notMade;
    case 'new':
      return html`<b>${keys.held}</b>, ${keys.new}`;
    case 'held':
      return html`<b>${keys.held}</b>`;
    case 'used now':
      return html`<b>${keys.held}</b>, ${keys.usedNow}`;
    case 'erased':
      // What anybody may have is overwritten by the way, with the message that it came in.
      if (isOpen(kind)) return keys.gone;
      return state.now ? keys.erasedNow : keys.erasedAt(stepName(state.step));
  }
}

function places(row: Row, party: Party, { copies }: Possession, show: Show): TemplateResult | typeof nothing {
  // The first of them stands for all: the memory's picture lists the others.
  const main = mainCopies(row, copies);
  const [first] = main;
  if (!first) return nothing;
  const address = hexAddress(first.at);
  return html`<span class="places"><span class="count">${glass.keys.copies(main.length)}</span>
    <button class="address" aria-label=${glass.keys.showAt(values[row.name].label, party, address)}
      @click=${() => show({ party, at: first.at })}>${address}</button></span>`;
}
