/** The table of keys: a row for every value, by kind; a column for every memory. */

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { stepName, wordsOfSteps } from '../../content/facts';
import type { Language, PartWords } from '../../content/language';
import { PARTIES, type Party, type Run, type Step, type ValueKind } from '../../run/model';
import { mainCopies } from '../../run/possession/findings';
import { isHeld, type Possession, possessionOf } from '../../run/possession/possession';
import { findValue, isOpen, lastUnit, type Row, rows, THE_KEY, wholeOf } from '../../run/values';
import type { Place } from '../drawer/drawers';
import { kindColour } from '../shared/colours';
import { copyButtons } from '../shared/copy';
import { hexAddress } from '../shared/format';
import { kindGlyph } from '../shared/glyphs';
import { valueName } from '../shared/names';

export interface TableView {
  readonly language: Language;
  readonly words: PartWords['keys'];
  readonly run: Run;
  readonly step: Step;
  readonly show: (place: Place) => void;
}

export function keysTable(view: TableView): TemplateResult {
  const { language, words } = view;
  const all = rows(view.run);
  const kinds = [...new Set(all.map((row) => row.kind))];
  return html`<table>
    <thead><tr>
      <th scope="col">${words.value}</th>
      ${PARTIES.map((party) => html`<th scope="col" data-party=${party}>${language.ui.lanes[party]}</th>`)}
      <th scope="col">${words.use}</th>
    </tr></thead>
    ${kinds.map((kind) => group(view, kind, all))}
  </table>`;
}

function group(view: TableView, kind: ValueKind, all: readonly Row[]): TemplateResult {
  const own = all.filter((row) => row.kind === kind);
  // The key that the page is about comes first.
  const sorted = own.toSorted((a, b) => Number(b.name === THE_KEY) - Number(a.name === THE_KEY));
  return html`<tbody>
    <tr class="kind"><th scope="rowgroup" colspan=${PARTIES.length + 2}><span class="kind-name colour-${kindColour[kind]}">
      ${kindGlyph(kind)}${view.words.groups[kind]}</span></th></tr>
    ${sorted.map((row) => valueRow(view, row))}
  </tbody>`;
}

function valueRow(view: TableView, row: Row): TemplateResult {
  const { language, words, run, step } = view;
  return html`<tr class=${row.name === THE_KEY ? 'the-key' : ''} data-value=${row.name}>
    <th scope="row">${valueName(language, row.name)}
      ${row.searchable ? nothing : html`<small>${unsearched(words, row)}</small>`}
      ${copyOf(view, row)}</th>
    ${PARTIES.map((party) => cell(view, row, party, possessionOf(run, step, party, row.name, row.kind)))}
    <td class="use">${wordsOfSteps(language).valueUses[row.name]}</td>
  </tr>`;
}

/** As it was at this step; what is still to be made has no bytes yet. */
function copyOf({ language, run, step }: TableView, { name }: Row): TemplateResult | typeof nothing {
  const value = findValue(run, name, { unit: lastUnit(step) });
  const whole = value && wholeOf(value);
  return whole ? copyButtons(language, language.values[name].plain, whole.bytes) : nothing;
}

/** Why a value is not searched for. */
function unsearched(words: PartWords['keys'], { values: all }: Row): string {
  const lengths = all.flatMap((value) => value.parts.map((part) => part.bytes.length));
  return lengths.length > 0 ? words.tooShort(Math.max(...lengths)) : words.untold;
}

function cell(view: TableView, row: Row, party: Party, possession: Possession): TemplateResult {
  const { state, disagreement } = possession;
  const classes = { disagrees: disagreement !== undefined, held: isHeld(state), erased: state.is === 'erased' };
  return html`<td class=${classMap(classes)} data-party=${party} data-state=${state.is}><div>
    <span class="says">${stateWords(view, row, possession)}</span>
    ${places(view, row, party, possession)}
    ${disagreement ? html`<strong>${view.words.disagrees}</strong>` : nothing}
  </div></td>`;
}

function stateWords(
  { language, words: say }: TableView,
  { searchable }: Row,
  { state, made, kind, disagreement }: Possession,
): TemplateResult | string {
  const { ui } = language;
  if (disagreement) return html`<b>${disagreement.declared ? ui.states.missing : ui.states.undeclared}</b>`;
  switch (state.is) {
    case 'never':
      if (!made) return say.notMade;
      // Nobody searched for it: there is only what the party declares.
      return searchable ? say.notFound : say.notDeclared;
    case 'not yet':
      return made ? say.notYet : say.notMade;
    case 'new':
      return html`<b>${say.held}</b>${say.new}`;
    case 'held':
      return html`<b>${say.held}</b>`;
    case 'used now':
      return html`<b>${say.held}</b>${say.usedNow}`;
    case 'erased':
      // What anybody may have is overwritten by the way, with the message that it came in.
      if (isOpen(kind)) return say.gone;
      return state.now ? say.erasedNow : say.erasedAt(stepName(language, state.step));
  }
}

function places(
  { language, words, show }: TableView,
  row: Row,
  party: Party,
  { copies }: Possession,
): TemplateResult | typeof nothing {
  // The first of them stands for all: the memory's picture lists the others.
  const main = mainCopies(row, copies);
  const [first] = main;
  if (!first) return nothing;
  const address = hexAddress(first.at);
  return html`<span class="places"><span class="count">${words.copies(main.length)}</span>
    <button class="address" aria-label=${language.memories.showAt(language.values[row.name].plain, party, address)}
      @click=${() => show({ party, at: first.at })}>${address}</button></span>`;
}
