/** The card of a chip: what its value is for, who holds it, where it came from, and the way to it in the memories. */

import { html, nothing, render, type TemplateResult } from 'lit';
import { stepWithTitle, wordsOfSteps } from '../../content/facts';
import type { Language } from '../../content/language';
import type { Run, Step, ValueName } from '../../run/model';
import { originOf, ownersAt } from '../../run/origin';
import { rows } from '../../run/values';
import { valueName } from '../shared/names';
import { placeBeside } from '../shared/popovers';

export interface CardView {
  readonly language: Language;
  readonly run: Run;
  readonly step: Step;
  /** The reader opened a card. */
  readonly opened: () => void;
  readonly go: (index: number) => void;
  /** Opens Find in memory at this value. */
  readonly find: (name: ValueName) => void;
}

/** Makes a chip's text the button that opens the card of its values. */
export type Openable = (id: string, names: readonly ValueName[], text: TemplateResult) => TemplateResult;

export function openable(view: CardView): Openable {
  return (id, names, text) => html`<button class="chip" popovertarget=${id} aria-haspopup="dialog">${text}</button>
    <div class="value-card" id=${id} popover role="dialog" tabindex="-1" autofocus aria-label=${label(view, names)}
      @beforetoggle=${(event: ToggleEvent) => toggle(view, names, event)}></div>`;
}

function label({ language }: CardView, names: readonly ValueName[]): string {
  return names.map((name) => language.values[name].plain).join(language.ui.groups.between);
}

/** It is filled when it opens: most are never opened. */
function toggle(view: CardView, names: readonly ValueName[], event: ToggleEvent): void {
  const card = event.currentTarget as HTMLElement;
  const opener = card.previousElementSibling as HTMLElement;
  if (event.newState === 'open') {
    view.opened();
    render(content(view, names, card), card);
    placeBeside(card, opener);
    return;
  }
  // In a shadow tree the browser does not give the focus back of itself.
  if (card.matches(':focus-within')) card.addEventListener('toggle', () => opener.focus(), { once: true });
}

function content(view: CardView, names: readonly ValueName[], card: HTMLElement): TemplateResult {
  const { cards: say } = wordsOfSteps(view.language);
  return html`${names.map((name) => about(view, name, card))}
    <button class="button close" @click=${() => card.hidePopover()}>${say.close}</button>`;
}

function about(view: CardView, name: ValueName, card: HTMLElement): TemplateResult {
  const { language, run, step } = view;
  const { cards: say, valueUses } = wordsOfSteps(language);
  const { parties, searched } = ownersAt(run, step, name);
  const known = rows(run).some((row) => row.name === name && row.values.some(({ parts }) => parts.length > 0));
  const find = (): void => {
    card.hidePopover();
    // From the drawer the focus comes back here.
    (card.previousElementSibling as HTMLElement).focus();
    view.find(name);
  };
  return html`<section data-value=${name}>
    <h3>${valueName(language, name)}</h3>
    <p>${valueUses[name]}</p>
    <p class="holders">${searched ? say.found(parties) : say.declared(parties)}</p>
    ${origin(view, name)}
    ${known ? html`<button class="button" data-find=${name} aria-label=${say.findLabel(language.values[name].plain)} @click=${find}>${say.find}</button>` : nothing}
  </section>`;
}

function origin({ language, run, step, go }: CardView, name: ValueName): TemplateResult | typeof nothing {
  const { cards: say } = wordsOfSteps(language);
  const from = originOf(run, name);
  if (!from) return nothing;
  const stop = stepWithTitle(language, run, from.step);
  return html`<p class="origin">${say.origin(from.by, stop)} ${
    from.step.index === step.index
      ? say.here
      : html`<button class="link" data-go=${from.step.id} aria-label=${say.goLabel(stop)} @click=${() => go(from.step.index)}>${say.go}</button>`
  }</p>`;
}
