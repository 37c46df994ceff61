/** The page around the element: what its address asks for, and the theme. */

import type { Language } from './content/language';
import { inLanguageOf } from './content/languages';
import './element/index';
import { THEMES } from './element/options/options';
import { applyParameters } from './page-parameters';

const KEPT = 'tls-glass-theme';

type Theme = (typeof THEMES)[number];

const isTheme = (text: string | null): text is Theme => THEMES.some((theme) => theme === text);

function kept(): Theme {
  try {
    const theme = localStorage.getItem(KEPT);
    return isTheme(theme) ? theme : 'system';
  } catch {
    // Storage may be switched off; then the choice lasts as long as the page.
    return 'system';
  }
}

function apply(theme: string): void {
  document.documentElement.setAttribute('theme', theme);
  document.querySelector('tls-glass')?.setAttribute('theme', theme);
}

function keep(theme: Theme): void {
  apply(theme);
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // As above.
  }
}

function themeControl(language: Language, chosen: Theme): HTMLElement {
  const { theme: label, themes } = language.ui.page;
  const caption = document.createElement('label');
  const select = document.createElement('select');
  for (const theme of THEMES) select.add(new Option(themes[theme], theme));
  select.value = chosen;
  select.addEventListener('change', () => isTheme(select.value) && keep(select.value));
  caption.append(`${label} `, select);
  return caption;
}

// A theme in the address is for this visit; one that is not allowed is for the element to say.
const asked = applyParameters().get('theme');
const theme = asked ?? kept();
inLanguageOf(document.documentElement, (language) =>
  document.querySelector('#theme')?.append(themeControl(language, isTheme(theme) ? theme : 'system')),
);
apply(theme);
