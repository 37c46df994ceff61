/** The address's parameters become the element's attributes, on every page that has the element. */

import { inLanguageOf } from './content/languages';
import { OPTION_NAMES, unknownOptions } from './element/options/options';

/** What the address asks for. A parameter that there is not is said in the element's place. */
export function applyParameters(): URLSearchParams {
  const parameters = new URLSearchParams(location.search);
  const unknown = unknownOptions(parameters.keys());
  const element = document.querySelector('tls-glass');
  if (unknown.length > 0) {
    inLanguageOf(document.documentElement, (language) =>
      element?.replaceWith(
        notice([language.ui.errors.optionHeading, ...unknown.map(({ message }) => message(language))]),
      ),
    );
    return parameters;
  }
  for (const name of OPTION_NAMES) {
    const value = parameters.get(name);
    if (value !== null) element?.setAttribute(name, value);
  }
  return parameters;
}

function notice(texts: readonly string[]): HTMLElement {
  const message = document.createElement('div');
  message.className = 'fallback';
  message.setAttribute('role', 'alert');
  for (const text of texts) {
    const line = document.createElement('p');
    line.textContent = text;
    message.append(line);
  }
  return message;
}
