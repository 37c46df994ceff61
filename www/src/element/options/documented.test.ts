/** The element's doc comment is its reference: it names every option, with all of its values and the default. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHOICE_NAMES, fittingValues, valuesOf } from '../../run/choices';
import { OPTION_NAMES, parseOptions, THEMES } from './options';

const source = readFileSync(new URL('../tls-glass-element.ts', import.meta.url), 'utf8');

/** What the comment says of each attribute, by its name. */
const documented = new Map(
  [...source.matchAll(/^ \* - `(\w+)` +(.*(?:\n \* {18}.*)*)/gm)].map(([, name = '', text = '']) => [name, text]),
);

function defaults() {
  return parseOptions({}).options.run;
}

describe('the doc comment of the element', () => {
  it('names every option, and no other attribute but two', () => {
    expect([...documented.keys()].sort()).toEqual([...OPTION_NAMES, 'keys', 'lang'].sort());
  });

  it.each(CHOICE_NAMES)('names all values of %s, and its default', (name) => {
    const text = documented.get(name) ?? '';
    for (const value of valuesOf(name)) expect(text).toContain(`\`${value}\``);
    const [first] = fittingValues(name, defaults());
    expect(text).toMatch(new RegExp(`\`${first}\` \\(default`));
  });

  it('names all themes', () => {
    for (const theme of THEMES) expect(documented.get('theme')).toContain(`\`${theme}\``);
  });
});
