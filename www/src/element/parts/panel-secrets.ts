/** The values that came in a step. What went is in panel-vanish.ts. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import { PARTIES, type Party, type Run, type Step, type Value } from '../../run/model';
import { appearedIn } from '../../run/values';
import { hexOf, sameBytes } from '../format';
import { kindTone } from '../tone';
import { kindGlyph } from './glyphs';

const { ui, values, listOf, names } = words;

/** As many bytes of a value as a card shows. */
const SHOWN = 32;

export function appeared(run: Run, step: Step): TemplateResult | typeof nothing {
  const cards: { value: Value; parties: Party[] }[] = [];
  for (const { party, value } of appearedIn(run, step)) {
    const card = cards.find((other) => other.value.name === value.name && sameValue(other.value, value));
    if (!card) cards.push({ value, parties: [party] });
    else if (!card.parties.includes(party)) card.parties.push(party);
  }
  if (cards.length === 0) return nothing;
  return html`<section class="appeared">
    <h3>${ui.panel.appeared}</h3>
    ${cards.map(({ value, parties }) => valueCard(value, parties))}
  </section>`;
}

function sameValue(a: Value, b: Value): boolean {
  const bytes = (value: Value) => value.parts[0]?.bytes ?? new Uint8Array();
  return sameBytes(bytes(a), bytes(b));
}

function valueCard(value: Value, parties: readonly Party[]): TemplateResult {
  const { label, text } = values[value.name];
  const held = ui.panel.heldBy(listOf(PARTIES.filter((party) => parties.includes(party)).map((party) => names[party])));
  return html`<div class="value tone-${kindTone[value.kind]}" data-value=${value.name}>
    <p class="head">${kindGlyph(value.kind)}<span>${label}</span><i>${held}</i></p>
    <p>${text}</p>
    ${value.parts.map(
      (part) => html`<code>${part.name ? `${part.name}: ` : ''}${hexOf(part.bytes, part.name ? 8 : SHOWN)}
        (${ui.panel.size(part.bytes.length)})</code>`,
    )}
  </div>`;
}
