/**
 * The values that a party has from this step on, and those that it erased. What is erased is shown as the searches found it:
 * where it was before, and which bytes are in that place after.
 */

import { html, nothing, type TemplateResult } from 'lit';
import { wordsOfSteps } from '../../content/facts';
import type { Language } from '../../content/language';
import { together } from '../../run/compare';
import { bytesAt } from '../../run/memory';
import type { Copy, Look, Party, Run, Step, Value, ValueKind, ValueName } from '../../run/model';
import { PARTIES } from '../../run/model';
import { foundIn, looksOf, mainCopies } from '../../run/possession/findings';
import { there } from '../../run/there';
import { appearedIn, erasedIn, type Row, rows, unitsOf, valueKinds, wholeOf } from '../../run/values';
import type { Place } from '../drawer/drawers';
import { valueColour } from '../shared/colours';
import { copyButtons } from '../shared/copy';
import { hexAddress, hexOf } from '../shared/format';
import { kindGlyph } from '../shared/glyphs';
import { valueName } from '../shared/names';

/** As many bytes of a value, or of its place, as a card shows. */
const SHOWN = 32;

export function appeared(language: Language, run: Run, step: Step): TemplateResult | typeof nothing {
  const cards = together(appearedIn(run, step));
  if (cards.length === 0) return nothing;
  return html`<section class="appeared">
    <h3>${language.ui.panel.appeared}</h3>
    ${cards.map(({ value, parties }) => valueCard(language, value, parties))}
  </section>`;
}

function valueCard(language: Language, value: Value, parties: readonly Party[]): TemplateResult {
  const { list, names, ui } = language;
  const held = ui.panel.heldBy(list(PARTIES.filter((party) => parties.includes(party)).map((party) => names[party])));
  return html`<div class="value colour-${valueColour(value)}" data-value=${value.name}>
    <p class="head">${kindGlyph(value.kind)}<span>${valueName(language, value.name)}</span><i>${held}</i></p>
    <p>${wordsOfSteps(language).valueUses[value.name]}</p>
    ${value.parts.map(
      (part) => html`<code>${part.name ? ui.panel.part(part.name) : ''}${hexOf(part.bytes, part.name ? 8 : SHOWN)}
        (${ui.panel.size(part.bytes.length)})</code>`,
    )}
    ${copyOf(language, value)}
  </div>`;
}

function copyOf(language: Language, value: Value): TemplateResult | typeof nothing {
  const whole = wholeOf(value);
  return whole ? copyButtons(language, language.values[value.name].plain, whole.bytes) : nothing;
}

/** What is erased in a step: one copy before, none after, and the bytes of that place. */
export function erased(
  language: Language,
  run: Run,
  step: Step,
  show: (place: Place) => void,
): TemplateResult | typeof nothing {
  const { memories, ui } = language;
  const all = erasuresOf(run, step);
  if (all.length === 0) return nothing;
  const erasedNames = [...new Set(all.map(({ name }) => name))];
  return html`<section class="erased-values">
    <h3>${all.some(({ place }) => place) ? memories.erased.heading : ui.panel.erased}</h3>
    ${erasedNames.map((name) =>
      erasedCard(
        language,
        all.filter((each) => each.name === name),
        show,
      ),
    )}
  </section>`;
}

function erasedCard(language: Language, own: readonly Erased[], show: (place: Place) => void): TemplateResult {
  const { name, kind } = there('value that was erased', own[0]);
  return html`<div class="value colour-${valueColour({ name, kind })}" data-erased=${name}>
    <p class="head">${kindGlyph(kind)}<s>${valueName(language, name)}</s></p>
    ${own.map((each) => erasedCopy(language, each, show))}
  </div>`;
}

function erasedCopy(
  { memories, values }: Language,
  { party: who, name, row, place, copiesBefore, copiesAfter }: Erased,
  show: (place: Place) => void,
): TemplateResult {
  const { erased: say } = memories;
  if (!place) {
    const size = row && !row.searchable ? sizeOf(row) : undefined;
    return html`<p data-party=${who}>${say.unseen(who, size)}</p>`;
  }
  const address = hexAddress(place.at);
  return html`<div class="erased-copy" data-party=${who} data-before=${copiesBefore} data-after=${copiesAfter}>
    <p>${say.before(who, copiesBefore)}
      <button class="address" aria-label=${say.show(values[name].plain, who, address)}
        @click=${() => show({ party: who, at: place.at })}>${address}</button></p>
    <code>${hexOf(place.before, SHOWN)}</code>
    <p>${say.after(copiesAfter, place.after.length, place.after.filter((byte) => byte === 0).length)}</p>
    <code>${hexOf(place.after, SHOWN)}</code>
  </div>`;
}

function sizeOf({ name, values: [value] }: Row): number {
  return there(`bytes of ${name}`, value?.parts[0]).bytes.length;
}

/** One party's copy of a value, before and after. */
interface Erased {
  readonly party: Party;
  readonly name: ValueName;
  readonly kind: ValueKind;
  /** Absent for what is made in passing and has no row of its own. */
  readonly row: Row | undefined;
  /** Absent for what is too short to search for. */
  readonly place: { readonly at: number; readonly before: Uint8Array; readonly after: Uint8Array } | undefined;
  readonly copiesBefore: number;
  readonly copiesAfter: number;
}

/** Each party's copy of each value that is erased in this step. */
function erasuresOf(run: Run, step: Step): readonly Erased[] {
  const units = unitsOf(run, step);
  return erasedIn(run, step).map(({ party, name }) => {
    const unit = units.find(
      (each) =>
        each.party === party && each.unit.events.some((event) => event.type === 'erased' && event.name === name),
    );
    return between(run, party, name, there(`unit that erased ${name}`, unit).index);
  });
}

/** The search before a unit, and the one after it. */
function between(run: Run, party: Party, name: ValueName, unit: number): Erased {
  const row = rows(run).find((candidate) => candidate.name === name);
  const looks = looksOf(run, party);
  const before = looks.findLast((look) => look.unit < unit);
  const after = there(
    `search of the ${party}'s memory after unit ${unit}`,
    looks.find((look) => look.unit >= unit),
  );
  // What a search does not list, it did not find; what is without a row was not searched for.
  const copies = (look: Look | undefined) => (row && look ? mainCopies(row, foundIn(look, name)?.copies ?? []) : []);
  const [copy] = copies(before);
  const bytes = (look: Look, { at, length }: Copy) => bytesAt(look.image, at, at + length);
  return {
    party,
    name,
    kind: there(`kind of ${name}`, valueKinds(run).get(name)),
    row,
    place: before && copy ? { at: copy.at, before: bytes(before, copy), after: bytes(after, copy) } : undefined,
    copiesBefore: copies(before).length,
    copiesAfter: copies(after).length,
  };
}
