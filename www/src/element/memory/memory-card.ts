/** One party's memory: how big, as a picture, what was found where, and the way to download it. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language, PartWords } from '../../content/language';
import { bytesInUse, wholeMemory } from '../../run/memory';
import type { Copy, Look, Run, Step, ValueKind, ValueName } from '../../run/model';
import { foundIn, mainCopies } from '../../run/possession/findings';
import { addressOf } from '../../run/step-ref';
import { there } from '../../run/there';
import { rows } from '../../run/values';
import { valueColour } from '../shared/colours';
import { hexAddress, memorySize } from '../shared/format';
import { kindGlyph } from '../shared/glyphs';
import { valueName } from '../shared/names';
import { commands, save } from './commands';
import type { FindChoice } from './find-form';

/** As many addresses as the legend lists of one value. */
const MOST = 2;

export interface MemoryCardView {
  readonly language: Language;
  readonly words: PartWords['memory'];
  readonly run: Run;
  readonly step: Step;
  readonly look: Look;
  readonly narrow: boolean;
  readonly theme: string | undefined;
  readonly hits: { readonly addresses: readonly number[]; readonly total: number };
  readonly hitLength: number;
  /** What the commands search the downloaded file for. */
  readonly commandNeedle: FindChoice | undefined;
  readonly show: (at: number) => void;
}

export function memoryCard(view: MemoryCardView): TemplateResult {
  const { language, words, step, look, hits, show } = view;
  const { party, image } = look;
  const found = foundValues(view);
  const size = words.size(memorySize(language, image.size), memorySize(language, bytesInUse(image)));
  const file = words.file(party, addressOf(step));
  return html`<section class="memory" data-party=${party} aria-labelledby="memory-${party}">
    <h3 id="memory-${party}">${words.heading(party, hits.total)} <small>${size}</small></h3>
    <p class="stack">${words.stack(memorySize(language, image.stackTop))}</p>
    <tls-glass-picture .language=${language} .words=${words} .run=${view.run} .look=${look} .hits=${hits.addresses} .hitLength=${view.hitLength}
      .narrow=${view.narrow} .theme=${view.theme} .label=${alternative(view, size, found)}
      @picture-address=${(event: CustomEvent<number>) => show(event.detail)}></tls-glass-picture>
    ${legend(view, found)}
    <div class="downloads">
      <button class="button" data-act="download" @click=${() => save(file, wholeMemory(image))}>${words.download}</button>
      ${view.commandNeedle ? commands(words, file, view.commandNeedle) : nothing}
    </div>
  </section>`;
}

interface FoundValue {
  readonly name: ValueName;
  readonly kind: ValueKind;
  readonly copies: readonly Copy[];
}

function foundValues({ run, look }: MemoryCardView): readonly FoundValue[] {
  return rows(run).flatMap((row) => {
    // What a search does not list, it did not find.
    const copies = mainCopies(row, foundIn(look, row.name)?.copies ?? []);
    return copies.length > 0 ? [{ name: row.name, kind: row.kind, copies }] : [];
  });
}

/** The picture in words. */
function alternative({ language, words, look }: MemoryCardView, size: string, found: readonly FoundValue[]): string {
  const what = found.map(({ name, copies }) =>
    words.pictureValue(language.values[name].plain, copies.length, hexAddress(there(`copy of ${name}`, copies[0]).at)),
  );
  return words.picture(look.party, size, what);
}

function legend({ language, words, look, hits, show }: MemoryCardView, found: readonly FoundValue[]): TemplateResult {
  if (found.length === 0) return html`<p class="legend">${words.nothingFound}</p>`;
  return html`<ul class="legend" aria-label=${words.legend(look.party)}>
    ${hits.total > 0 ? html`<li class="hit"><span class="ring" aria-hidden="true"></span>${words.hitLegend}</li>` : nothing}
    ${found.map(
      ({ name, kind, copies }) => html`<li class="colour-${valueColour({ name, kind })}" data-value=${name}>
        ${kindGlyph(kind)}<span>${valueName(language, name)}</span>
        ${copies.slice(0, MOST).map(({ at }) => {
          const address = hexAddress(at);
          return html`<button class="address" aria-label=${language.memories.showAt(language.values[name].plain, look.party, address)}
            @click=${() => show(at)}>${address}</button>`;
        })}
        ${copies.length > MOST ? html`<span>${words.moreAddresses(copies.length - MOST)}</span>` : nothing}</li>`,
    )}
  </ul>`;
}
