/** The values that came or went in a step. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import type { Party, Run, Step, Value } from '../../run/model';
import { appearedIn, erasedIn } from '../../run/values';
import { hexOf, sameBytes } from '../format';
import { kindTone } from '../tone';
import { kindGlyph } from './glyphs';

const { ui, values } = words;

/** As many bytes of a value as a card shows. */
const SHOWN = 32;

export function secrets(run: Run, step: Step): TemplateResult {
  return html`${appeared(run, step)}${erased(run, step)}`;
}

function appeared(run: Run, step: Step): TemplateResult | typeof nothing {
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
  const held = ui.panel.heldBy(parties.map((party) => ui.lanes[party].toLowerCase()).join(ui.reading.and));
  return html`<div class="value tone-${kindTone[value.kind]}" data-value=${value.name}>
    <p class="head">${kindGlyph(value.kind)}<span>${label}</span><i>${held}</i></p>
    <p>${text}</p>
    ${value.parts.map(
      (part) => html`<code>${part.name ? `${part.name}: ` : ''}${hexOf(part.bytes, part.name ? 8 : SHOWN)}
        (${ui.panel.size(part.bytes.length)})</code>`,
    )}
  </div>`;
}

function erased(run: Run, step: Step): TemplateResult | typeof nothing {
  const gone = new Map<string, Party[]>();
  for (const { party, name } of erasedIn(run, step)) {
    const label = values[name].label;
    gone.set(label, [...new Set([...(gone.get(label) ?? []), party])]);
  }
  if (gone.size === 0) return nothing;
  return html`<section class="erased-values">
    <h3>${ui.panel.erased}</h3>
    <ul class="gone">${[...gone].map(
      ([label, parties]) =>
        html`<li><s>${label}</s>
          ${ui.panel.erasedBy(parties.map((party) => ui.lanes[party].toLowerCase()).join(ui.reading.and))}</li>`,
    )}</ul>
  </section>`;
}
