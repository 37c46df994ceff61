/** What stands in the stage's place: while something is loaded or made, and where it cannot run. */

import { html, type TemplateResult } from 'lit';
import { words } from '../../content';
import type { Problem } from '../options/options';

const { ui } = words;

/** The text inside the element is there to be read meanwhile. */
export function waiting(text: string): TemplateResult {
  return html`<div class="notice">
    <p class="status" role="status">${text}</p>
    <slot><h1>${ui.claim}</h1><p>${ui.claimNote}</p></slot>
  </div>`;
}

/** The text inside the element stands below the message: it explains without a handshake. */
export function fault(text: string, retry: () => void): TemplateResult {
  return html`<div class="notice" role="alert">
    <h2>${ui.errors.heading}</h2>
    <p>${text}</p>
    <button class="button" @click=${retry}>${ui.errors.retry}</button>
    <slot></slot>
  </div>`;
}

export function problemList(problems: readonly Problem[]): TemplateResult {
  return html`<div class="notice" role="alert">
    <h2>${ui.errors.optionHeading}</h2>
    ${problems.map(({ message }) => html`<p>${message}</p>`)}
  </div>`;
}
