/** The page around the element: what its address asks for, and the theme. */

import { words } from './content';
import './element/index';
import { applyParameters } from './page-parameters';

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

function themeControl(chosen: string): HTMLElement {
  const caption = document.createElement('label');
  const select = document.createElement('select');
  for (const [value, text] of Object.entries(themes)) select.add(new Option(text, value));
  select.value = chosen;
  select.addEventListener('change', () => isTheme(select.value) && keep(select.value));
  caption.append(`${label} `, select);
  return caption;
}

// A theme in the address is for this visit; one that is not allowed is for the element to say.
const asked = applyParameters().get('theme');
const theme = asked ?? kept();
document.querySelector('#theme')?.append(themeControl(isTheme(theme) ? theme : 'system'));
apply(theme);
