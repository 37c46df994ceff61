/** The page around the element: its address, Share, and the theme. */

import type { Language } from './content/language';
import { inLanguageOf } from './content/languages';
import './element/index';
import { isTheme, THEMES, type Theme } from './element/options/options';
import { keep, kept } from './element/shared/kept';
import { followPlace } from './page-address';
import { applyParameters, applyTheme } from './page-parameters';
import { shareControl } from './page-share-control';

const KEPT = 'tls-glass-theme';

function keptTheme(): Theme {
  const theme = kept(KEPT);
  return isTheme(theme) ? theme : 'system';
}

function apply(theme: Theme): void {
  applyTheme(theme);
  element?.setAttribute('theme', theme);
}

function choose(theme: Theme): void {
  apply(theme);
  keep(KEPT, theme);
}

function themeControl(language: Language, chosen: Theme): HTMLElement {
  const { theme: label, themes } = language.ui.page;
  const caption = document.createElement('label');
  const name = document.createElement('span');
  name.textContent = label;
  const select = document.createElement('select');
  for (const theme of THEMES) select.add(new Option(themes[theme], theme));
  select.value = chosen;
  select.addEventListener('change', () => isTheme(select.value) && choose(select.value));
  caption.append(name, ' ', select);
  return caption;
}

/** In full, and where there is little room in short: the style sheet shows one of them. */
function localWords({ ui }: Language): readonly HTMLElement[] {
  const words = { full: ui.page.local, short: ui.page.localShort };
  return Object.entries(words).map(([name, text]) => {
    const part = document.createElement('span');
    part.className = name;
    part.textContent = text;
    return part;
  });
}

const element = document.querySelector('tls-glass');
// A theme in the address is for this visit; one that is not allowed is for the element to say.
const asked = applyParameters();
const theme = asked ?? keptTheme();
if (asked) applyTheme(asked);
else apply(theme);
inLanguageOf(document.documentElement, (language) => {
  document.querySelector('#theme')?.append(themeControl(language, theme));
  document.querySelector('#local')?.append(...localWords(language));
  if (element) document.querySelector('#share')?.append(shareControl(language, element, asked !== undefined));
});
if (element) followPlace(element, asked !== undefined);
