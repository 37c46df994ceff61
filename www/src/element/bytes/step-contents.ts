/** What a step without bytes of its own works with: messages to open, values to look at and to copy. */

import { html, nothing, type TemplateResult } from 'lit';
import { wordsOfSteps } from '../../content/facts';
import type { Language, PartWords } from '../../content/language';
import { bufferAt } from '../../run/bytes';
import type { SharedValue } from '../../run/compare';
import { type BufferRef, bufferKey, type Run, type Step, type TraceBuffer } from '../../run/model';
import { contentsOf } from '../../run/step-contents';
import { there } from '../../run/there';
import { valueColour } from '../shared/colours';
import { copyButtons } from '../shared/copy';
import { hexOf } from '../shared/format';
import { kindGlyph } from '../shared/glyphs';
import { valueName } from '../shared/names';

export interface ContentsView {
  readonly language: Language;
  readonly words: PartWords['bytes'];
  readonly run: Run;
  readonly step: Step;
  readonly layerName: (buffer: TraceBuffer) => string;
  readonly open: (buffer: BufferRef) => void;
}

export function stepContents(view: ContentsView): TemplateResult {
  const { messages, used, made, erased } = contentsOf(view.run, view.step);
  const { contents: say } = view.words;
  const nothingAtAll = [messages, used, made, erased].every(({ length }) => length === 0);
  return html`<div class="contents" role="region" tabindex="0" aria-label=${say.label}>
    ${nothingAtAll ? html`<p class="none">${view.words.none}</p>` : nothing}
    ${messages.length > 0 ? html`<h3>${say.messages}</h3><ul>${messages.map((ref) => message(view, ref))}</ul>` : nothing}
    ${values(view, 'used', say.used, used)} ${values(view, 'made', say.made, made)} ${values(view, 'erased', say.erased, erased)}
  </div>`;
}

function message({ language, words, run, layerName, open }: ContentsView, ref: BufferRef): TemplateResult {
  const buffer = there('buffer of a message', bufferAt(run, ref));
  const name = layerName(buffer);
  return html`<li class="entry">
    <span>${name}</span><small>${language.ui.panel.ofParty(ref.party, buffer.bytes.length)}</small>
    <button class="button" data-buffer=${bufferKey(ref)} aria-label=${words.contents.openLabel(name)} @click=${() => open(ref)}>
      ${words.contents.open}</button>
  </li>`;
}

function values(
  view: ContentsView,
  group: string,
  heading: string,
  all: readonly SharedValue[],
): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`<h3>${heading}</h3><ul data-group=${group}>${all.map((each) => value(view, each))}</ul>`;
}

function value({ language, words }: ContentsView, { value: shown, parties }: SharedValue): TemplateResult {
  const { plain } = language.values[shown.name];
  const { panel } = language.ui;
  const size = shown.parts.length === 1 ? panel.size(shown.parts[0]?.bytes.length ?? 0) : '';
  const whose = language.list(parties.map((party) => language.names[party]));
  return html`<li class="entry colour-${valueColour(shown)}" data-value=${shown.name}><details>
    <summary>${kindGlyph(shown.kind)}<span>${valueName(language, shown.name)}</span><small>${[whose, size].filter(Boolean).join(', ')}</small></summary>
    <p>${wordsOfSteps(language).valueUses[shown.name]}</p>
    ${shown.parts.length === 0 ? html`<p>${words.contents.untold}</p>` : nothing}
    ${shown.parts.map(
      ({ name, bytes }) => html`<div class="part">
        <code>${name ? panel.part(name) : ''}${hexOf(bytes)}</code>
        ${copyButtons(language, name ? `${panel.part(name)}${plain}` : plain, bytes)}
      </div>`,
    )}
  </details></li>`;
}
