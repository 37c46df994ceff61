/** The names of values, as they are drawn: in plain words first, and as the RFC has it beside them, smaller. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import { fill, isValue } from '../../content/words';
import type { ValueName } from '../../run/model';

/** In one element, so that both parts stay together. */
export function valueName({ values }: Pick<Language, 'values'>, name: ValueName): TemplateResult {
  return html`<span class="phrase"><span class="plain">${values[name].plain}</span>${rfcName({ values }, name)}</span>`;
}

export function rfcName({ values }: Pick<Language, 'values'>, name: ValueName): TemplateResult | typeof nothing {
  const { rfc } = values[name];
  return rfc ? html` <code class="rfc">${rfc}</code>` : nothing;
}

/** A text in which {placeholders} are facts or names of values. */
export function phrase(
  language: Pick<Language, 'values'>,
  text: string,
  known: Readonly<Record<string, string>> = {},
): TemplateResult {
  // Every second piece is the name in a placeholder.
  const pieces = text.split(/\{(\w+)\}/);
  return html`<span class="phrase">${pieces.map((piece, index) => {
    if (index % 2 === 0) return piece;
    return isValue(language.values, piece) ? valueName(language, piece) : fill(`{${piece}}`, known);
  })}</span>`;
}
