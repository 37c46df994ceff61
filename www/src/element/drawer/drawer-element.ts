/**
 * What all drawers share: the frame with its heading and its close button, Escape, and the keyboard's way in.
 *
 * Inner parts of `<tls-glass>`. The element that has the drawer makes what it covers inert, and takes the focus back.
 */

import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult, unsafeCSS } from 'lit';
import type { Language } from '../../content/language';
import base from '../../style/base.css?inline';
import { glyph } from '../shared/glyphs';
import frame from './drawer.css?inline';

/**
 * @property language: in which words
 * @fires drawer-close when the reader closes the drawer
 */
export abstract class DrawerElement extends LitElement {
  static override properties: PropertyDeclarations = { language: { attribute: false } };

  declare language: Language;

  /** The style sheets of a drawer: those of all drawers, and its own. */
  protected static sheets(...own: string[]) {
    return [base, frame, ...own].map((css) => unsafeCSS(css));
  }

  /** Puts the keyboard into the drawer. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('#close')?.focus();
  }

  protected frame(title: string, note: string | TemplateResult, body: TemplateResult): TemplateResult {
    return html`<section class="drawer" part="drawer" role="region" aria-labelledby="drawer-title" @keydown=${this.#onKey}>
      <div class="head">
        <h2 id="drawer-title">${title} ${note ? html`<small>${note}</small>` : nothing}</h2>
        <button class="button" id="close" aria-label=${this.language.drawers.close(title)} @click=${this.#close}>${glyph('close')}</button>
      </div>
      ${body}
    </section>`;
  }

  #close = (): void => {
    this.dispatchEvent(new CustomEvent('drawer-close'));
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#close();
  };
}
