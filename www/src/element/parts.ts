/**
 * What loads when it is first needed: the screen of the steps, the drawers, the menu behind More, what is said of few runs. Each part is
 * code of the element, and what only it says in the page's language.
 */

import type { Language, PartName } from '../content/language';
import { lazy } from '../content/lazy';
import type { LoadedCode, LoadedParts } from './views';

const CODE: Readonly<Record<PartName, () => Promise<LoadedCode>>> = {
  steps: lazy(
    () => import('./step-screen'),
    ({ keysMove, stepScreen }) => ({ keysMove, stepScreen }),
  ),
  bytes: lazy(
    () => import('./bytes/bytes-drawer'),
    ({ TlsGlassBytes }) => define({ 'tls-glass-bytes': TlsGlassBytes }),
  ),
  keys: lazy(
    () => import('./keys/keys-drawer'),
    ({ TlsGlassKeys }) => define({ 'tls-glass-keys': TlsGlassKeys }),
  ),
  memory: lazy(
    () => import('./memory/memory-drawer'),
    ({ TlsGlassMemory, TlsGlassPicture }) =>
      define({ 'tls-glass-picture': TlsGlassPicture, 'tls-glass-memory': TlsGlassMemory }),
  ),
  terms: lazy(
    () => import('./terms/terms-drawer'),
    ({ TlsGlassTerms }) => define({ 'tls-glass-terms': TlsGlassTerms }),
  ),
  claim: lazy(
    () => import('./claim/claim-drawer'),
    ({ TlsGlassClaim }) => define({ 'tls-glass-claim': TlsGlassClaim }),
  ),
  menu: lazy(
    () => import('./options/options-menu'),
    ({ optionsMenu }) => ({ menu: optionsMenu }),
  ),
  further: async () => ({}),
};

/** Another copy of this code on the page may have been first. */
export function define(elements: Readonly<Record<string, CustomElementConstructor>>): LoadedCode {
  for (const [name, element] of Object.entries(elements)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
  return {};
}

const NOTHING: LoadedParts = { words: {}, code: {}, failed: {} };

export class Parts {
  readonly #changed: () => void;
  /** By the language. */
  readonly #loaded = new Map<Language['parts'], LoadedParts>();
  readonly #loading = new Map<string, Promise<void>>();

  /** `changed` is called before each change of what {@link in} gives. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  in({ parts }: Language): LoadedParts {
    return this.#loaded.get(parts) ?? NOTHING;
  }

  /** Loads a part, unless it has failed. */
  async need(language: Language, name: PartName): Promise<void> {
    const { words, failed } = this.in(language);
    if (!words[name] && failed[name] === undefined) await this.#load(language, name);
  }

  /** Tries once more what has failed, if it has. */
  again(language: Language, name: PartName): void {
    const loaded = this.in(language);
    if (loaded.failed[name] === undefined) return;
    const { [name]: _, ...failed } = loaded.failed;
    this.#set(language, { ...loaded, failed });
    this.#load(language, name);
  }

  #load(language: Language, name: PartName): Promise<void> {
    const key = `${language.tag} ${name}`;
    const loading = this.#loading.get(key) ?? this.#loadNow(language, name).finally(() => this.#loading.delete(key));
    this.#loading.set(key, loading);
    return loading;
  }

  async #loadNow(language: Language, name: PartName): Promise<void> {
    try {
      const [words, code] = await Promise.all([language.parts[name](), CODE[name]()]);
      const loaded = this.in(language);
      this.#set(language, {
        ...loaded,
        words: { ...loaded.words, [name]: words },
        code: { ...loaded.code, ...code },
      });
    } catch (error) {
      const loaded = this.in(language);
      const reason = error instanceof Error ? error.message : String(error);
      this.#set(language, { ...loaded, failed: { ...loaded.failed, [name]: reason } });
    }
  }

  #set({ parts }: Language, loaded: LoadedParts): void {
    this.#changed();
    this.#loaded.set(parts, loaded);
  }
}
