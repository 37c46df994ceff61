/** The keyboard's focus: into a drawer, back out of it, and on with the reader where what had it is gone. */

import type { LitElement } from 'lit';

const DRAWERS =
  'tls-glass-pending, tls-glass-bytes, tls-glass-keys, tls-glass-memory, tls-glass-claim, tls-glass-terms';

export class FocusKeeper {
  readonly #host: LitElement;
  /** What had the focus before a drawer took it. */
  #opener: HTMLElement | undefined;

  constructor(host: LitElement) {
    this.#host = host;
  }

  on(selector: string): void {
    this.#host.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  /** A drawer is about to take it. */
  remember(): void {
    const active = this.#active;
    this.#opener = active instanceof HTMLElement ? active : undefined;
  }

  /** Into the open drawer, once it has rendered: before that there is nothing to focus. */
  async intoDrawer(): Promise<void> {
    const drawer = this.#host.renderRoot.querySelector<LitElement>(DRAWERS);
    await drawer?.updateComplete;
    drawer?.focus();
  }

  /** Out of a drawer that closes: to what opened it, or, where that is gone with its step, to the button for it. */
  async back(otherwise: string): Promise<void> {
    await this.#host.updateComplete;
    const opener = this.#opener;
    this.#opener = undefined;
    opener?.focus();
    if (!opener || this.#active !== opener) this.on(otherwise);
  }

  /** If the coming update takes away what has the focus, it moves into the open drawer, or on to `otherwise`. */
  async keep(isDrawerOpen: () => boolean, otherwise: string): Promise<void> {
    if (!this.#active) return;
    await this.#host.updateComplete;
    if (this.#active) return;
    if (isDrawerOpen()) await this.intoDrawer();
    else this.on(otherwise);
  }

  get #active(): Element | null {
    return this.#host.shadowRoot?.activeElement ?? null;
  }
}
