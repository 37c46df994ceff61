/** The element alone, for an iframe: the address's parameters become its attributes. */

import { words } from './content';
import { OPTION_NAMES, unknownOptions } from './element/options';
import './element/index';

const parameters = new URLSearchParams(location.search);
const unknown = unknownOptions(parameters.keys());
const element = document.querySelector('tls-glass');

if (unknown.length > 0) {
  const message = document.createElement('div');
  message.className = 'fallback';
  message.setAttribute('role', 'alert');
  for (const text of [words.ui.errors.optionHeading, ...unknown.map((problem) => problem.message)]) {
    const line = document.createElement('p');
    line.textContent = text;
    message.append(line);
  }
  element?.replaceWith(message);
} else {
  for (const name of OPTION_NAMES) {
    const value = parameters.get(name);
    if (value !== null) element?.setAttribute(name, value);
  }
  document.documentElement.setAttribute('theme', parameters.get('theme') ?? 'system');
}
