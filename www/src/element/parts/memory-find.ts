/** The search: a value of the run or the reader's own bytes, how they are read, and what was found of them. */

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { words } from '../../content';
import type { PartyAddresses } from '../../network/lab';
import type { Party } from '../../run/model';
import type { Place } from '../drawers';
import type { Choice } from '../memory/choices';
import type { Needle, Notation } from '../memory/needle';
import { hexAddress } from '../where';

const { glass, names } = words;

/** As many addresses as a party's result lists. */
const MOST = 4;

/** What is known of what was asked for. */
export type Found =
  | { readonly is: 'nothing' }
  | { readonly is: 'searching' }
  | { readonly is: 'failed'; readonly reason: string }
  | { readonly is: 'done'; readonly results: readonly PartyAddresses[] };

export interface FindView {
  readonly choices: readonly Choice[];
  /** The chosen value; none while the reader types. */
  readonly chosen: string | undefined;
  readonly typed: string;
  readonly needle: Needle;
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
function statement({ notation, bytes }: Needle): string {
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
