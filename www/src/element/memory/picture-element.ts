/**
 * `<tls-glass-picture>`: a party's memory as a picture, static data above, heap beneath; found values in their kind's
 * colour, each with a pin that has the kind's glyph. The legend beside it, and the text alternative, are HTML.
 *
 * @property language, words: in which words
 * @property run, look: whose memory, at which moment
 * @property hits, hitLength: what the reader looks for, outlined
 * @property theme: only so that the picture is drawn anew when the colours change
 * @fires picture-address when the reader clicks into it; `detail` is the address
 */

import { html, LitElement, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import type { Language, PartWords } from '../../content/language';
import type { Look, Run } from '../../run/model';
import base from '../../style/base.css?inline';
import { valueColour } from '../shared/colours';
import { customProperties } from '../shared/custom-properties';
import { memorySize } from '../shared/format';
import { kindGlyph } from '../shared/glyphs';
import { keepLabelsFree } from './labels';
import {
  addressAt,
  type Cell,
  cellsOf,
  fullness,
  type Mark,
  marksOf,
  type Picture,
  type Pin,
  pictureOf,
  pinsOf,
  stripesOf,
} from './picture';
import pictureStyle from './picture.css?inline';

/** Pixels of the canvas to a cell; the style sheet stretches it to the width there is. */
const SCALE = 4;
const MOST_ROWS = 44;

export class TlsGlassPicture extends LitElement {
  static override styles = [unsafeCSS(base), unsafeCSS(pictureStyle)];

  static override properties = {
    language: { attribute: false },
    words: { attribute: false },
    run: { attribute: false },
    look: { attribute: false },
    hits: { attribute: false },
    hitLength: { attribute: false },
    label: { attribute: false },
    narrow: { type: Boolean },
    theme: {},
  };

  declare language: Language;
  declare words: PartWords['memory'];
  declare run: Run;
  declare look: Look;
  declare hits: readonly number[];
  declare hitLength: number;
  declare label: string;
  declare narrow: boolean;
  declare theme: string | undefined;

  #picture: Picture | undefined;
  #marks: readonly Mark[] = [];
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  readonly #redraw = (): void => this.#draw();
  /** Labels are as wide as their words, whatever the picture's width. */
  readonly #resize = new ResizeObserver(() => keepLabelsFree(this.renderRoot));

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
    this.#dark.addEventListener('change', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
    this.#dark.removeEventListener('change', this.#redraw);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('look') || changed.has('narrow')) {
      this.#picture = pictureOf(this.look.image, this.narrow ? 96 : 160, MOST_ROWS);
      this.#marks = marksOf(this.run, this.look);
    }
  }

  protected override updated(): void {
    this.#draw();
    keepLabelsFree(this.renderRoot);
  }

  protected override render(): TemplateResult {
    const picture = this.#picture;
    if (!picture) return html``;
    const { columns, rows, regions } = picture;
    const percent = (part: number, of: number) => `${((100 * part) / of).toFixed(2)}%`;
    return html`<div class="picture">
      <canvas role="img" aria-label=${this.label} width=${columns * SCALE} height=${rows * SCALE} @click=${this.#onClick}></canvas>
      ${regions.map(
        ({ is, top, start, end, bytesPerCell }) =>
          html`<span class="region" aria-hidden="true" ${customProperties({ '--top': percent(top, rows) })}>${this.words[is](memorySize(this.language, end - start), bytesPerCell)}</span>`,
      )}
      ${pinsOf(picture, this.#marks).map((pin) => this.#pin(pin, percent(pin.column, columns), percent(pin.row, rows)))}
    </div>`;
  }

  #pin({ name, kind }: Pin, left: string, top: string): TemplateResult {
    return html`<span class="pin colour-${valueColour({ name, kind })}" aria-hidden="true" ${customProperties({ '--left': left, '--top': top })}>${kindGlyph(kind)}</span>`;
  }

  #draw(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    const pen = canvas?.getContext('2d');
    const picture = this.#picture;
    if (!canvas || !pen || !picture) return;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    const square = ({ column, row }: Cell) => pen.fillRect(column * SCALE, row * SCALE, SCALE, SCALE);
    pen.fillStyle = this.#colour('--muted');
    for (const { cell, full } of fullness(this.look.image, picture)) {
      pen.globalAlpha = 0.14 + 0.36 * full;
      square(cell);
    }
    pen.globalAlpha = 1;
    for (const mark of this.#marks) {
      pen.fillStyle = this.#colour(`--${valueColour(mark)}`);
      for (const cell of cellsOf(picture, mark)) square(cell);
    }
    pen.strokeStyle = this.#colour('--ink');
    pen.lineWidth = 2;
    for (const at of this.hits) {
      for (const { column, row, width } of stripesOf(picture, { start: at, end: at + this.hitLength })) {
        pen.strokeRect(column * SCALE - 1, row * SCALE - 1, width * SCALE + 2, SCALE + 2);
      }
    }
  }

  /** A colour of the style sheet as the canvas takes it: resolved for the scheme in use. */
  #colour(name: string): string {
    const probe = this.renderRoot.querySelector<HTMLElement>('.picture');
    if (!probe) return 'currentColor';
    probe.style.setProperty('outline-color', `var(${name})`);
    const colour = getComputedStyle(probe).outlineColor;
    probe.style.removeProperty('outline-color');
    return colour;
  }

  #onClick = (event: MouseEvent): void => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    if (!this.#picture) return;
    const { columns, rows } = this.#picture;
    const column = Math.min(columns - 1, Math.floor(((event.clientX - box.left) / box.width) * columns));
    const row = Math.min(rows - 1, Math.floor(((event.clientY - box.top) / box.height) * rows));
    const address = addressAt(this.#picture, { column, row });
    if (address !== undefined) this.dispatchEvent(new CustomEvent<number>('picture-address', { detail: address }));
  };
}
