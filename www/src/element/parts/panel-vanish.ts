/** What is erased in a step, seen in the memories: one copy before, none after, and the bytes of that place. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import type { Run, Step } from '../../run/model';
import type { Place } from '../drawers';
import { hexOf } from '../format';
import { kindTone } from '../tone';
import { type Vanished, vanished } from '../vanish';
import { hexAddress } from '../where';
import { kindGlyph } from './glyphs';

const { ui, values, glass } = words;

/** As many bytes of a place as a card shows. */
const SHOWN = 32;

export function vanish(run: Run, step: Step, show: (place: Place) => void): TemplateResult | typeof nothing {
  const all = vanished(run, step);
  if (all.length === 0) return nothing;
  const names = [...new Set(all.map(({ name }) => name))];
  return html`<section class="erased-values">
    <h3>${all.some(({ place }) => place) ? glass.vanish.heading : ui.panel.erased}</h3>
    ${names.map((name) =>
      value(
        all.filter((each) => each.name === name),
        show,
      ),
    )}
  </section>`;
}

function value(own: readonly Vanished[], show: (place: Place) => void): TemplateResult {
  const [first] = own;
  if (!first) return html``;
  const kind = first.row?.kind ?? 'public';
  return html`<div class="value tone-${kindTone[kind]}" data-erased=${first.name}>
    <p class="head">${kindGlyph(kind)}<s>${values[first.name].label}</s></p>
    ${own.map((each) => party(each, show))}
  </div>`;
}

function party(
  { party: who, name, row, place, copiesBefore, copiesAfter }: Vanished,
  show: (place: Place) => void,
): TemplateResult {
  const { vanish: say } = glass;
  if (!place) {
    const size = row?.values[0]?.parts[0]?.bytes.length ?? 0;
    return html`<p data-party=${who}>${say.unseen(who, row && !row.searchable ? size : undefined)}</p>`;
  }
  const address = hexAddress(place.at);
  return html`<div class="vanished" data-party=${who} data-before=${copiesBefore} data-after=${copiesAfter}>
    <p>${say.before(who, copiesBefore)}
      <button class="address" aria-label=${say.show(values[name].label, who, address)}
        @click=${() => show({ party: who, at: place.at })}>${address}</button></p>
    <code>${hexOf(place.before, SHOWN)}</code>
    <p>${say.after(copiesAfter, place.after.length, place.after.filter((byte) => byte === 0).length)}</p>
    <code>${hexOf(place.after, SHOWN)}</code>
  </div>`;
}
