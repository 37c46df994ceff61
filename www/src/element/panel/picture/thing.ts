/** A value in a picture: its glyph, its name, its first bytes, how many there are. A private key is named, and its bytes stay out of it. */

import { html, nothing, type TemplateResult } from 'lit';
import { wordsOfSteps } from '../../../content/facts';
import type { Language } from '../../../content/language';
import type { Value } from '../../../run/model';
import type { Holders } from '../../../run/picture/model';
import { type Colour, valueColour } from '../../shared/colours';
import { hexOf, textOf } from '../../shared/format';
import { kindGlyph } from '../../shared/glyphs';

export interface ThingOptions {
  /** Without its name, beneath another one of the same name. */
  readonly unnamed?: boolean;
  /** As many bytes as there is room for. */
  readonly shown?: number;
  /** What else is to be said of it. */
  readonly note?: string;
  /** Where its kind does not say what protects it. */
  readonly colour?: Colour;
  /** As a line on the wire has it: dotted, thick. */
  readonly line?: 'public' | 'app' | undefined;
}

/** Two of them stand side by side. */
const SHOWN = 3;

const TEXT = 60;

export function thing(language: Language, value: Value, options: ThingOptions = {}): TemplateResult {
  const { kind, name } = value;
  const { colour = valueColour(value), line, note, shown = SHOWN } = options;
  return html`<div class="thing colour-${colour} ${line ? `line-${line}` : ''}" data-value=${name}>
    ${options.unnamed ? nothing : html`<span class="name">${kindGlyph(kind)}<span>${nameOf(language, value)}</span></span>`}
    ${contentOf(language, value, shown)}
    ${note ? html`<span class="note">${note}</span>` : nothing}
  </div>`;
}

function contentOf({ ui }: Language, value: Value, shown: number): TemplateResult | typeof nothing {
  const bytes = value.parts[0]?.bytes;
  if (!bytes || isKeptBack(value)) return nothing;
  const size = html`<span class="size">${ui.panel.size(bytes.length)}</span>`;
  // What the two sides say to each other is text; its first line is enough here.
  if (value.kind === 'plaintext') {
    const [line = ''] = textOf(bytes.subarray(0, TEXT)).split('\r\n');
    return html`<pre class="text">${line}</pre><code>${size}</code>`;
  }
  return html`<code>${hexOf(bytes, shown)} ${size}</code>`;
}

function isKeptBack({ kind }: Value): boolean {
  return kind === 'private_key' || kind === 'ephemeral_private_key' || kind === 'server_secret';
}

export function nameOf({ values }: Language, { name }: Pick<Value, 'name'>): string {
  return values[name].plain;
}

/** The same where there is little room. */
export function shortNameOf({ values }: Language, { name }: Pick<Value, 'name'>): string {
  const { plain, short = plain } = values[name];
  return short;
}

/** Who has a value, and who has not. */
export function holderWords(language: Language, { has, lacks }: Holders): string {
  return wordsOfSteps(language).pictures.holders(has, lacks);
}
