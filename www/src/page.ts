/** The page around the element: the theme. */

import { words } from './content';
import './element/index';

const { theme: label, themes } = words.ui.page;
const KEPT = 'tls-glass-theme';

type Theme = keyof typeof themes;

const isTheme = (text: string | null): text is Theme => text !== null && Object.hasOwn(themes, text);

function kept(): Theme {
  try {
    const theme = localStorage.getItem(KEPT);
    return isTheme(theme) ? theme : 'system';
  } catch {
    // Storage may be switched off; then the choice lasts as long as the page.
    return 'system';
  }
}

function apply(theme: Theme): void {
  document.documentElement.setAttribute('theme', theme);
  document.querySelector('tls-glass')?.setAttribute('theme', theme);
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // As above.
  }
}

function themeControl(): HTMLElement {
  const caption = document.createElement('label');
  const select = document.createElement('select');
  for (const [value, text] of Object.entries(themes)) select.add(new Option(text, value));
  select.value = kept();
  select.addEventListener('change', () => isTheme(select.value) && apply(select.value));
  caption.append(`${label} `, select);
  return caption;
}

document.querySelector('#theme')?.append(themeControl());
apply(kept());
