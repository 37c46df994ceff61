/** The search: a value of the run or the reader's own bytes, how they are read, and what was found of them. */

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Language, PartWords } from '../../content/language';
import type { Party, Run, ValueName } from '../../run/model';
import type { Notation, TypedNeedle } from '../../run/search/needles';
import type { PartyAddresses } from '../../run/search/scan';
import { rows, THE_KEY } from '../../run/values';
import type { Place } from '../drawer/drawers';
import { hexAddress } from '../shared/format';

/** As many addresses as a party's result lists. */
const MOST = 4;

/** What is known of what was asked for. */
export type Found =
  | { readonly is: 'nothing' }
  | { readonly is: 'searching' }
  | { readonly is: 'failed'; readonly reason: string }
  | { readonly is: 'done'; readonly results: readonly PartyAddresses[] };

export interface FindView {
  readonly language: Language;
  readonly words: PartWords['memory'];
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
  const { words, choices, chosen, typed, needle } = view;
  return html`<form class="find" @submit=${(event: Event) => event.preventDefault()}>
    <label for="what">${words.find}</label>
    <select class="select" id="what" aria-label=${words.what}
      @change=${(event: Event) => view.choose((event.target as HTMLSelectElement).value)}>
      ${chosen === undefined ? html`<option value="" selected>${words.own}</option>` : nothing}
      ${choices.map(({ id, label }) => html`<option value=${id} ?selected=${id === chosen}>${label}</option>`)}
    </select>
    <input id="needle" type="text" spellcheck="false" autocomplete="off" autocapitalize="off" aria-label=${words.field}
      aria-describedby="read" .value=${live(typed)}
      @input=${(event: Event) => view.type((event.target as HTMLInputElement).value)} />
    <span class="segments" role="group" aria-label=${words.readAs}>
      ${(['hex', 'text'] as const).map(
        (notation) => html`<button type="button" data-notation=${notation} aria-pressed=${notation === needle.notation}
          @click=${() => view.ask(notation)}>${words.notations[notation]}</button>`,
      )}
    </span>
    <p id="read">${statement(words, needle)}</p>
  </form>
  <div class="results" role="status" data-found=${view.found.is}>${results(view)}</div>`;
}

/** How the field was read. */
function statement(words: PartWords['memory'], { notation, bytes }: TypedNeedle): string {
  if (!bytes) return words.notHex;
  if (bytes.length === 0) return words.empty;
  return notation === 'hex' ? words.readHex(bytes.length) : words.readText(bytes.length);
}

function results(view: FindView): TemplateResult | typeof nothing {
  const { words, found, order } = view;
  switch (found.is) {
    case 'nothing':
      return nothing;
    case 'searching':
      return html`<p>${words.searching}</p>`;
    case 'failed':
      return html`<p>${words.failed(found.reason)}</p>`;
    case 'done':
      return html`<ul>${order.map((party) => result(view, party, found.results))}</ul>`;
  }
}

function result({ language, words, show }: FindView, party: Party, results: readonly PartyAddresses[]): TemplateResult {
  const { addresses, total } = results.find((each) => each.party === party) ?? { addresses: [], total: 0 };
  return html`<li data-party=${party} data-total=${total}><span class="who">${language.names[party]}</span>
    <b>${words.matches(total)}</b>
    ${addresses.slice(0, MOST).map((at) => {
      const address = hexAddress(at);
      return html`<button class="address" aria-label=${words.show(party, address)} @click=${() => show({ party, at })}>${address}</button>`;
    })}
    ${total > MOST ? html`<span>${words.moreAddresses(total - MOST)}</span>` : nothing}</li>`;
}

/** A value of the run, or a part of one, that can be chosen to be found. */
export interface FindChoice {
  readonly id: string;
  readonly name: ValueName;
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** Every part of every value of the run; first the key that the page is about. */
export function choicesOf({ values }: Language, words: PartWords['memory'], run: Run): readonly FindChoice[] {
  const all = rows(run).flatMap((row) =>
    row.values.flatMap((value, index) =>
      value.parts.map((part) => ({
        id: `${row.name}/${index}/${part.name}`,
        name: row.name,
        label: words.choice(values[row.name].plain, values[row.name].rfc, part.name),
        bytes: part.bytes,
      })),
    ),
  );
  return [...all.filter((choice) => choice.name === THE_KEY), ...all.filter((choice) => choice.name !== THE_KEY)];
}
