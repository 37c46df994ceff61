/** The bytes of a party's memory at an address: rows of hexadecimal, what was found in them marked and named. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language, PartWords } from '../../content/language';
import { bytesAt, type MemoryImage } from '../../run/memory';
import type { Look, Run } from '../../run/model';
import { valueColour } from '../shared/colours';
import { hexAddress, hexByte, printable } from '../shared/format';
import { glyph, kindGlyph } from '../shared/glyphs';
import { valueName } from '../shared/names';
import { type Mark, markAt, marksOf } from './picture';

const ROWS = 16;

export interface Page {
  readonly start: number;
  readonly end: number;
  readonly perRow: number;
}

/** The page that shows an address: from two rows before it, so that it is seen what comes before. */
export function pageAround(image: MemoryImage, at: number, narrow: boolean): Page {
  const perRow = narrow ? 8 : 16;
  const size = ROWS * perRow;
  const row = at - (at % perRow);
  const start = Math.max(0, Math.min(row - 2 * perRow, image.size - size));
  return { start, end: Math.min(image.size, start + size), perRow };
}

export interface HexView {
  readonly language: Language;
  readonly words: PartWords['memory'];
  readonly run: Run;
  readonly look: Look;
  readonly page: Page;
  readonly at: number;
  readonly hits: readonly number[];
  readonly hitLength: number;
  readonly go: (at: number) => void;
  readonly leave: () => void;
}

export function hexView(view: HexView): TemplateResult {
  const { run, look, page } = view;
  const { hexView: say } = view.words;
  const marks = marksOf(run, look).filter((mark) => mark.start < page.end && page.start < mark.end);
  const { party } = look;
  return html`<section class="hex-view" data-party=${party} data-at=${view.at}>
    <div class="hex-head">
      <button class="button" id="all-memories" @click=${view.leave}>${glyph('back')}${say.back}</button>
      <h3>${say.title(party, hexAddress(page.start), hexAddress(page.end - 1))} <small>${region(view)}</small></h3>
      ${goForm(view)}
    </div>
    <div class="hex-page" tabindex="0" role="group" aria-label=${say.label(party)} @keydown=${(event: KeyboardEvent) => onKey(view, event)}>
      ${rowStarts(page).map((start) => row(view, marks, start))}
    </div>
    <div class="hex-foot">
      ${turn('previous', say.previous, page.start <= 0, () => view.go(turned(view, -1)))}
      ${turn('next', say.next, page.end >= look.image.size, () => view.go(turned(view, 1)))}
    </div>
    ${here(view, marks)}
  </section>`;
}

function region({ words, look, at }: HexView): string {
  const { hexView: say } = words;
  const { image } = look;
  if (at < image.stackTop) return say.stack;
  return at < image.heapBase ? say.statics : say.heap;
}

function rowStarts({ start, end, perRow }: Page): readonly number[] {
  return Array.from({ length: Math.ceil((end - start) / perRow) }, (_, index) => start + index * perRow);
}

/** A stretch of bytes of a row that have the same to say. */
interface Stretch {
  readonly mark: Mark | undefined;
  readonly hit: boolean;
  readonly bytes: number[];
}

function row(view: HexView, marks: readonly Mark[], start: number): TemplateResult {
  const { look, page } = view;
  const bytes = bytesAt(look.image, start, Math.min(page.end, start + page.perRow));
  return html`<div class="hex-row ${start <= view.at && view.at < start + page.perRow ? 'here' : ''}"><span class="at">${hexAddress(start)}</span><span
    class="cells">${stretches(view, marks, start, bytes).map((each) => stretch(view, each))}</span><span class="ascii" aria-hidden="true">${[...bytes].map(printable).join('')}</span></div>`;
}

function stretches(view: HexView, marks: readonly Mark[], start: number, bytes: Uint8Array): readonly Stretch[] {
  const found: Stretch[] = [];
  bytes.forEach((byte, index) => {
    const at = start + index;
    const mark = markAt(marks, at);
    const hit = view.hits.some((from) => from <= at && at < from + view.hitLength);
    const last = found.at(-1);
    if (last && last.mark === mark && last.hit === hit) last.bytes.push(byte);
    else found.push({ mark, hit, bytes: [byte] });
  });
  return found;
}

function stretch(view: HexView, { mark, hit, bytes }: Stretch): TemplateResult {
  const text = bytes.map(hexByte).join(' ');
  if (!mark && !hit) return html`<span>${text}</span> `;
  const title = mark ? nameOf(view, mark) : view.words.hexView.hit;
  const classes = `${mark ? `colour-${valueColour(mark)} found` : ''} ${hit ? 'hit' : ''}`;
  return html`<mark class=${classes} data-value=${mark?.name ?? nothing} title=${title}>${text}</mark> `;
}

function nameOf({ language, words }: HexView, { name, part }: Mark): string {
  return words.part(language.values[name].plain, part);
}

/** What is marked on this page, by name. */
function here(view: HexView, marks: readonly Mark[]): TemplateResult {
  const { hexView: say } = view.words;
  return html`<section class="hex-here"><h3>${say.here}</h3>
    ${marks.length === 0 ? html`<p>${say.none}</p>` : nothing}
    <ul>${marks.map(
      (
        mark,
      ) => html`<li class="colour-${valueColour(mark)}" data-value=${mark.name} data-part=${mark.part}>${kindGlyph(mark.kind)}
        <span>${valueName(view.language, mark.name)}${say.item(mark.part, hexAddress(mark.start), hexAddress(mark.end - 1))}${mark.reversed ? say.reversed : ''}</span></li>`,
    )}
    ${
      view.hits.some((at) => at < view.page.end && view.page.start < at + view.hitLength)
        ? html`<li class="hit"><span class="ring" aria-hidden="true"></span><span>${say.hit}</span></li>`
        : nothing
    }</ul>
  </section>`;
}

function turn(id: string, label: string, idle: boolean, press: () => void): TemplateResult {
  return html`<button class="button" id=${id} aria-disabled=${idle} @click=${() => !idle && press()}>${label}</button>`;
}

/** The address to go to so that the next page begins where this one ends. */
function turned({ page, look }: HexView, by: 1 | -1): number {
  const size = page.end - page.start;
  const start = Math.max(0, Math.min(page.start + by * size, look.image.size - size));
  return Math.min(start + 2 * page.perRow, look.image.size - 1);
}

function onKey(view: HexView, event: KeyboardEvent): void {
  const { perRow } = view.page;
  const most = view.look.image.size - 1;
  const to = {
    PageDown: turned(view, 1),
    PageUp: turned(view, -1),
    ArrowDown: view.at + perRow,
    ArrowUp: view.at - perRow,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  view.go(Math.max(0, Math.min(most, to)));
}

function goForm({ words, look, go }: HexView): TemplateResult {
  const { hexView: say } = words;
  const submit = (event: Event): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const field = form.querySelector('input');
    const said = form.querySelector('.said');
    const text = field?.value.trim() ?? '';
    const at = /^(0x)?[0-9a-f]{1,8}$/i.test(text) ? Number.parseInt(text.replace(/^0x/i, ''), 16) : Number.NaN;
    const fits = at < look.image.size;
    if (said) said.textContent = fits ? '' : say.badAddress(hexAddress(look.image.size - 1));
    if (fits) go(at);
  };
  return html`<form class="go" @submit=${submit}>
    <label>${say.go} <input id="address" type="text" spellcheck="false" autocomplete="off" placeholder="0x…" /></label>
    <button class="button" type="submit">${say.goButton}</button>
    <span class="said" role="status"></span>
  </form>`;
}
