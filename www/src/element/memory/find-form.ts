/** The search: a value of the run or the reader's own bytes, how they are read, and what was found of them. */

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { words } from '../../content';
import type { Party, Run, ValueName } from '../../run/model';
import type { Notation, TypedNeedle } from '../../run/search/needles';
import type { PartyAddresses } from '../../run/search/scan';
import { rows, THE_KEY } from '../../run/values';
import type { Place } from '../drawer/drawers';
import { hexAddress } from '../shared/format';

const { glass, names, values } = words;

/** As many addresses as a party's result lists. */
const MOST = 4;

/** What is known of what was asked for. */
export type Found =
  | { readonly is: 'nothing' }
  | { readonly is: 'searching' }
  | { readonly is: 'failed'; readonly reason: string }
  | { readonly is: 'done'; readonly results: readonly PartyAddresses[] };

export interface FindView {
  readonly choices: readonly FindChoice[];
  /** The chosen value; none while the reader types. */
  readonly chosen: string | undefined;
  readonly typed: string;
  readonly needle: TypedNeedle;
  readonly found: Found;
  readonly order: readonly Party[];
  readonly choose: (id: string) => void;
  readonly type: (text: string) => void;
  readonly ask: (notation: Notation) => void;
  readonly show: (place: Place) => void;
}

export function findForm(view: FindView): TemplateResult {
  const { choices, chosen, typed, needle } = view;
  return html`<form class="find" @submit=${(event: Event) => event.preventDefault()}>
    <label for="what">${glass.memory.find}</label>
    <select class="select" id="what" aria-label=${glass.memory.what}
      @change=${(event: Event) => view.choose((event.target as HTMLSelectElement).value)}>
      ${chosen === undefined ? html`<option value="" selected>${glass.memory.own}</option>` : nothing}
      ${choices.map(({ id, label }) => html`<option value=${id} ?selected=${id === chosen}>${label}</option>`)}
    </select>
    <input id="needle" type="text" spellcheck="false" autocomplete="off" autocapitalize="off" aria-label=${glass.memory.field}
      aria-describedby="read" .value=${live(typed)}
      @input=${(event: Event) => view.type((event.target as HTMLInputElement).value)} />
    <span class="segments" role="group" aria-label=${glass.memory.readAs}>
      ${(['hex', 'text'] as const).map(
        (notation) => html`<button type="button" data-notation=${notation} aria-pressed=${notation === needle.notation}
          @click=${() => view.ask(notation)}>${glass.memory[notation]}</button>`,
      )}
    </span>
    <p id="read">${statement(needle)}</p>
  </form>
  <div class="results" role="status" data-found=${view.found.is}>${results(view)}</div>`;
}

/** How the field was read. */
function statement({ notation, bytes }: TypedNeedle): string {
  if (!bytes) return glass.memory.notHex;
  if (bytes.length === 0) return glass.memory.empty;
  return notation === 'hex' ? glass.memory.readHex(bytes.length) : glass.memory.readText(bytes.length);
}

function results({ found, order, show }: FindView): TemplateResult | typeof nothing {
  switch (found.is) {
    case 'nothing':
      return nothing;
    case 'searching':
      return html`<p>${glass.memory.searching}</p>`;
    case 'failed':
      return html`<p>${glass.memory.failed(found.reason)}</p>`;
    case 'done':
      return html`<ul>${order.map((party) => result(party, found.results, show))}</ul>`;
  }
}

function result(party: Party, results: readonly PartyAddresses[], show: FindView['show']): TemplateResult {
  const { addresses, total } = results.find((each) => each.party === party) ?? { addresses: [], total: 0 };
  return html`<li data-party=${party} data-total=${total}><span class="who">${names[party]}</span>
    <b>${glass.memory.matches(total)}</b>
    ${addresses.slice(0, MOST).map((at) => {
      const address = hexAddress(at);
      return html`<button class="address" aria-label=${glass.memory.show(party, address)} @click=${() => show({ party, at })}>${address}</button>`;
    })}
    ${total > MOST ? html`<span>${glass.memory.moreAddresses(total - MOST)}</span>` : nothing}</li>`;
}

/** A value of the run, or a part of one, that can be chosen to be found. */
export interface FindChoice {
  readonly id: string;
  readonly name: ValueName;
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** Every part of every value of the run; first the key that the page is about. */
export function choicesOf(run: Run): readonly FindChoice[] {
  const all = rows(run).flatMap((row) =>
    row.values.flatMap((value, index) =>
      value.parts.map((part) => ({
        id: `${row.name}/${index}/${part.name}`,
        name: row.name,
        label: glass.memory.part(values[row.name].label, part.name),
        bytes: part.bytes,
      })),
    ),
  );
  return [...all.filter((choice) => choice.name === THE_KEY), ...all.filter((choice) => choice.name !== THE_KEY)];
}
