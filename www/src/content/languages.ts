/** Which languages there are, and which one an element speaks. */

import { language as english } from './en';
import type { Language } from './language';

/** English is there from the beginning; every other folder beside it is a language, and loads when it is spoken. */
const OTHERS = import.meta.glob<Language>(['./*/index.ts', '!./en/index.ts'], { import: 'language' });

export { english };

/** Languages by their tags, each with what loads it. */
export type Languages = Readonly<Record<string, () => Promise<Language>>>;

const LANGUAGES: Languages = Object.fromEntries(
  Object.entries(OTHERS).map(([file, load]) => [file.split('/')[1] ?? '', load]),
);

/**
 * Calls `speak` with the language of an element: at once if it is there, or else when it is loaded. The browser's own rules
 * (`:lang()`) say which one: the nearest `lang` attribute counts, also that of what stands around a shadow tree, and `zh` is for
 * `zh-Hant`, too. What there is not, or does not load, is English.
 */
export function inLanguageOf(
  element: { matches(selector: string): boolean },
  speak: (language: Language) => void,
  languages = LANGUAGES,
): void {
  const tag = Object.keys(languages).find((each) => element.matches(`:lang("${each}")`));
  const load = tag === undefined ? undefined : languages[tag];
  if (!load) {
    speak(english);
    return;
  }
  load().then(speak, (error: unknown) => {
    console.error(error);
    speak(english);
  });
}
