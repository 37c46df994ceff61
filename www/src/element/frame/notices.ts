/** What stands in the stage's place: while something is loaded or made, and where it cannot run. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import type { Problem } from '../options/options';

/** The text inside the element is there to be read meanwhile. */
export function waiting({ ui }: Language, text: string): TemplateResult {
  return html`<div class="notice">
    <p class="status" role="status">${text}</p>
    <slot><h1>${ui.claim}</h1><p>${ui.claimNote}</p></slot>
  </div>`;
}

/** While the language is being loaded there are no words but those inside the element. */
export function silence(): TemplateResult {
  return html`<div class="notice"><slot></slot></div>`;
}

/** The text inside the element stands below the message: it explains without a handshake. */
export function fault({ ui }: Language, text: string, retry: () => void): TemplateResult {
  return html`<div class="notice" role="alert">
    <h2>${ui.errors.heading}</h2>
    <p>${text}</p>
    <button class="button" @click=${retry}>${ui.errors.retry}</button>
    <slot></slot>
  </div>`;
}

/** There is a run, and its words could not be loaded. */
export function unloaded({ ui }: Language, reason: string, retry: () => void): TemplateResult {
  return html`<div class="notice" role="alert">
    <p>${ui.parts.failed(reason)}</p>
    <button class="button" @click=${retry}>${ui.parts.retry}</button>
  </div>`;
}

/** Above all else, and only where there is something to say: values that were asked for and are not allowed. */
export function problemNotes(
  language: Language,
  problems: readonly Problem[],
  dismiss: () => void,
): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`<div class="problems" role="alert">
    <div>${problems.map(({ message }) => html`<p>${message(language)}</p>`)}</div>
    <button class="button" @click=${dismiss}>${language.ui.errors.dismiss}</button>
  </div>`;
}
