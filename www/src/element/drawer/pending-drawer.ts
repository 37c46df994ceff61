/**
 * `<tls-glass-pending>`: stands in the place of a drawer until it is loaded, and where it cannot be.
 *
 * @property heading: the drawer's title
 * @property failed: why it could not be loaded; undefined while it is
 * @fires drawer-retry when the reader wants it tried again
 */

import { html, type TemplateResult } from 'lit';
import { DrawerElement } from './drawer-element';

export class TlsGlassPending extends DrawerElement {
  static override styles = DrawerElement.sheets();

  static override properties = {
    ...DrawerElement.properties,
    heading: { attribute: false },
    failed: { attribute: false },
  };

  declare heading: string;
  declare failed: string | undefined;

  protected override render(): TemplateResult {
    const { parts } = this.language.ui;
    const { failed } = this;
    return this.frame(
      this.heading,
      '',
      html`<div class="pending">
        <p role="status">${failed === undefined ? parts.loading : ''}</p>
        <div role="alert">${
          failed === undefined
            ? ''
            : html`<p>${parts.failed(failed)}</p>
                <button class="button" id="retry" @click=${this.#retry}>${parts.retry}</button>`
        }</div>
      </div>`,
    );
  }

  #retry = (): void => {
    // The button goes with the message.
    this.focus();
    this.dispatchEvent(new CustomEvent('drawer-retry'));
  };
}
