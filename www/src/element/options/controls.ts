/** What is always at hand: the key exchanges side by side, and the button for more. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import { deprecatedBy, HANDSHAKES, USUAL } from '../../run/choices';
import type { Handshake } from '../../run/model';
import { inTopLayer } from './in-top-layer';

/** The key exchanges, side by side: the choice that the page is about. */
export function handshakeToggle(
  language: Language,
  chosen: Handshake,
  choose: (handshake: Handshake) => void,
): TemplateResult {
  const { ui } = language;
  // What is there for who asks for it stands here once it was asked for.
  const offered = HANDSHAKES.filter((handshake) => USUAL.includes(handshake) || handshake === chosen);
  return html`<div class="segments" role="group" aria-label=${ui.handshake.label}>
    ${offered.map(
      (
        handshake,
      ) => html`<button data-handshake=${handshake} aria-pressed=${handshake === chosen} @click=${() => choose(handshake)}>
        ${ui.handshake[handshake]}${deprecatedMark(language, handshake)}
      </button>`,
    )}
  </div>`;
}

function deprecatedMark({ ui }: Language, handshake: Handshake): TemplateResult | typeof nothing {
  const rfc = deprecatedBy(handshake);
  if (rfc === undefined) return nothing;
  return html` <span class="deprecated" title=${ui.handshake.deprecatedNote(rfc)}>${ui.handshake.deprecated}</span>`;
}

export interface MoreView {
  readonly language: Language;
  readonly open: boolean;
  readonly toggle: (open: boolean) => void;
  /** What is in the menu; undefined until it is loaded. */
  readonly menu: TemplateResult | undefined;
  /** Why it could not be loaded. */
  readonly failed: string | undefined;
  readonly loadAgain: () => void;
}

export function more(view: MoreView): TemplateResult {
  const { ui } = view.language;
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !view.open) return;
    event.stopPropagation();
    view.toggle(false);
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>('#more')?.focus();
  };
  return html`<div class="more" @keydown=${onKey}>
    <button class="button" id="more" aria-expanded=${view.open} aria-controls="options-menu" @click=${() => view.toggle(!view.open)}>
      ${ui.more.open}</button>
    <div class="menu" id="options-menu" role="group" aria-label=${ui.more.heading} popover="manual" ${inTopLayer(view.open)}>
      ${view.open ? (view.menu ?? pending(view)) : nothing}
    </div>
  </div>`;
}

function pending({ language, failed, loadAgain }: MoreView): TemplateResult {
  const { parts } = language.ui;
  if (failed === undefined) return html`<p class="note" role="status">${parts.loading}</p>`;
  return html`<div role="alert"><p class="note">${parts.failed(failed)}</p>
    <button class="button" id="retry" @click=${loadAgain}>${parts.retry}</button></div>`;
}
