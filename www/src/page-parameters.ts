/** The address's parameters become the element's attributes, on every page that has the element. */

import { isTheme, OPTION_NAMES, type Theme } from './element/options/options';

/**
 * What the address asks for. What is no parameter of the page (`utm_source`, `fbclid`) is somebody else's; a value that is not
 * allowed is for the element to say. The theme that it asks for is that of the visit: where it is none, the default.
 */
export function applyParameters(): Theme | undefined {
  const parameters = new URLSearchParams(location.search);
  const element = document.querySelector('tls-glass');
  for (const name of OPTION_NAMES) {
    const value = parameters.get(name);
    if (value !== null) element?.setAttribute(name, value);
  }
  const theme = parameters.get('theme');
  if (theme === null) return undefined;
  return isTheme(theme) ? theme : 'system';
}

/** The page around the element has its theme. */
export function applyTheme(theme: Theme): void {
  document.documentElement.setAttribute('theme', theme);
}
