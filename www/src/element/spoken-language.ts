/** Which language an element speaks: by its `lang`, or as it was told, with the words that are loaded by now. */

import type { Language } from '../content/language';
import { english, inLanguageOf } from '../content/languages';
import type { LoadedParts } from './views';

export class SpokenLanguage {
  readonly #element: Element;
  readonly #changed: () => void;
  /** By `lang`; undefined while it is being loaded. */
  #own: Language | undefined;
  #given: Language | undefined;
  /** The language with what is loaded of its words for steps. */
  #whole: Language | undefined;
  /** The last time that a language was asked for. */
  #asked: symbol | undefined;

  constructor(element: Element, changed: () => void) {
    this.#element = element;
    this.#changed = changed;
  }

  /** What stands around the element is asked once; its own `lang` is followed. */
  ask(): void {
    const asked = Symbol('asked');
    this.#asked = asked;
    this.#own = undefined;
    inLanguageOf(this.#element, (language) => {
      if (this.#asked !== asked) return;
      this.#own = language;
      this.#changed();
    });
  }

  /** From outside, instead of what `lang` says. */
  set given(language: Language | undefined) {
    this.#given = language;
    this.#changed();
  }

  /** Whether the words are there. */
  get isThere(): boolean {
    return this.#given !== undefined || this.#own !== undefined;
  }

  /** The language, English until it is there; with the words of its parts. */
  in(wordsOf: (language: Language) => LoadedParts['words']): Language {
    const language = this.#given ?? this.#own ?? english;
    const { steps: ofSteps, further } = wordsOf(language);
    if (!ofSteps && !further) return language;
    const { parts, ofSteps: known, further: knownFurther } = this.#whole ?? {};
    // One value as long as it is the same language: a drawer renders anew for another one.
    if (!this.#whole || parts !== language.parts || known !== ofSteps || knownFurther !== further) {
      this.#whole = { ...language, ofSteps, further };
    }
    return this.#whole;
  }
}
