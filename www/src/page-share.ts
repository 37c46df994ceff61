/** What Share opens: the link, whether it was copied, and the offer of one with a seed. Loaded when it is first used. */

import { html, nothing, render, type TemplateResult } from 'lit';
import type { Language } from './content/language';

export interface ShareView {
  readonly words: Awaited<ReturnType<Language['ofPage']['share']>>;
  /** To what the page shows. */
  readonly link: string;
  /** Whether the browser let the link be copied. */
  readonly copied: Promise<boolean>;
  readonly copy: (text: string) => Promise<boolean>;
  /** Of the run on display, if it has one. */
  readonly seed: string | undefined;
  /** Has the page show the run of this seed. Gives the link to it. */
  readonly setSeed: (seed: string) => string;
}

/** What the dialog shows. */
interface Shown {
  readonly link: string;
  readonly seed: string | undefined;
  readonly status: string;
}

export function openShare(view: ShareView): void {
  const { words } = view;
  const dialog = document.createElement('dialog');
  dialog.className = 'share-dialog';
  dialog.setAttribute('aria-labelledby', 'share-heading');
  let shown: Shown = { link: view.link, seed: view.seed, status: '' };
  const show = (change: Partial<Shown>): void => {
    shown = { ...shown, ...change };
    render(content(view, shown, { close: () => dialog.close(), makeSeed, copySeed }), dialog);
  };
  const tell = async (copied: Promise<boolean>, yes: string, no: string): Promise<void> => {
    const isCopied = await copied;
    show({ status: isCopied ? yes : no });
    if (isCopied) return;
    // To be copied by hand.
    const input = dialog.querySelector('input');
    input?.focus();
    input?.select();
  };
  const makeSeed = (): void => {
    const seed = newSeed();
    const link = view.setSeed(seed);
    show({ link, seed });
    tell(view.copy(link), words.copied, words.refused);
  };
  const copySeed = (): void => {
    tell(view.copy(shown.seed ?? ''), words.seed.copied, words.seed.refused);
  };
  // Arrow keys in here do not go through the steps behind.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  show({});
  dialog.showModal();
  dialog.querySelector('input')?.select();
  tell(view.copied, words.copied, words.refused);
}

interface Acts {
  readonly close: () => void;
  readonly makeSeed: () => void;
  readonly copySeed: () => void;
}

function content({ words }: ShareView, { link, seed, status }: Shown, acts: Acts): TemplateResult {
  return html`<h2 id="share-heading">${words.heading}</h2>
    <p role="status">${status}</p>
    <label>${words.link}<input readonly autofocus .value=${link} /></label>
    ${seed ? nothing : html`<p>${words.place}</p>`}
    <h3>${words.seed.heading}</h3>
    <p>${seed ? words.seed.has : words.seed.what}</p>
    <button class="page-button" type="button" id="share-seed" @click=${seed ? acts.copySeed : acts.makeSeed}>
      ${seed ? words.seed.copy : words.seed.make}
    </button>
    <p class="close"><button class="page-button" type="button" @click=${acts.close}>${words.close}</button></p>`;
}

/** 64 hexadecimal digits by chance, as the `seed` option takes them. */
function newSeed(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
