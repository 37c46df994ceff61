/** Buttons that copy bytes as text. */

import { html, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import { base64Of, digitsOf } from './format';

/** `what` says whose bytes they are. */
export function copyButtons({ drawers }: Language, what: string, bytes: Uint8Array): TemplateResult {
  const { copy: say } = drawers;
  const button = (as: string, text: (bytes: Uint8Array) => string) =>
    html`<button aria-label=${say.label(as, what)}
      @click=${(event: Event) => copy(say.copied, event.currentTarget as HTMLElement, text(bytes))}>${as}</button>`;
  return html`<span class="copy">${button(say.hex, digitsOf)}${button(say.base64, base64Of)}
    <span class="said" role="status"></span></span>`;
}

/** A button that copies a text as it is. */
export function copyButton({ drawers }: Language, label: string, text: string): TemplateResult {
  return html`<span class="copy"><button
    @click=${(event: Event) => copy(drawers.copy.copied, event.currentTarget as HTMLElement, text)}>${label}</button>
    <span class="said" role="status"></span></span>`;
}

/** Without leave to write to the clipboard the text is shown and selected, for the reader to copy. */
async function copy(copied: string, button: HTMLElement, text: string): Promise<void> {
  const said = button.parentElement?.querySelector('.said');
  if (!said) return;
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = copied;
  } catch {
    said.textContent = text;
    getSelection()?.selectAllChildren(said);
  }
}
