/** Share: copies the link to what is on display. What tells of it loads when it is first used. */

import type { Language } from './content/language';
import { lazy } from './content/lazy';
import type { TlsGlassElement } from './element/tls-glass-element';
import { linkTo } from './page-address';

const openShare = lazy(
  () => import('./page-share'),
  (share) => share.openShare,
);

/** The button. What keeps it from working is said below the header. */
export function shareControl(language: Language, element: TlsGlassElement, hasTheme: boolean): HTMLElement {
  const failed = document.createElement('p');
  failed.className = 'share-failed';
  failed.setAttribute('role', 'alert');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'page-button';
  button.textContent = language.ui.page.share;
  button.setAttribute('aria-haspopup', 'dialog');
  button.addEventListener('click', async () => {
    const link = linkTo(element, hasTheme);
    // While the click is fresh: a browser may refuse what is copied later.
    const copied = copy(link);
    failed.remove();
    try {
      const [open, words] = await Promise.all([openShare(), language.ofPage.share()]);
      open({ words, link, copied, copy, seed: element.seed, setSeed: (seed) => withSeed(element, seed, hasTheme) });
    } catch (error) {
      failed.textContent = language.ui.parts.failed(error instanceof Error ? error.message : String(error));
      button.closest('header')?.after(failed);
    }
  });
  return button;
}

/** The element shows the run of this seed from now on. The link to it. */
function withSeed(element: TlsGlassElement, seed: string, hasTheme: boolean): string {
  element.seed = seed;
  return linkTo(element, hasTheme);
}

/** Whether the browser let it be copied. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
