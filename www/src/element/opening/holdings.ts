/** What the opening's figure lists in a memory: the keys that can be tried on the reply, as far as the searches find them there. */

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { Language } from '../../content/language';
import type { Endpoint, Run, Step, ValueName } from '../../run/model';
import { isHeld, type Possession, possessionOf } from '../../run/possession/possession';
import { THE_KEY, valueKinds } from '../../run/values';
import { valueColour } from '../shared/colours';
import { kindGlyph } from '../shared/glyphs';

/** Values that stand in one line. */
type Line = readonly Possession[];

const DATA_KEYS: readonly ValueName[] = ['client_write_key', 'server_write_key'];
const OTHERS: readonly (readonly ValueName[])[] = [['server_public_key'], DATA_KEYS, ['client_private_key']];

/** The key that the page is about comes last in the client's memory, and also says there that it is not found. */
const ORDER: Readonly<Record<Endpoint, readonly (readonly ValueName[])[]>> = {
  client: [...OTHERS, [THE_KEY]],
  server: [[THE_KEY], ...OTHERS],
};

function linesOf(run: Run, step: Step, party: Endpoint): readonly Line[] {
  const kinds = valueKinds(run);
  // In a run without certificates nobody has the key that the page is about, and that is said, too.
  const kindOf = (name: ValueName) => kinds.get(name) ?? (name === THE_KEY ? 'private_key' : undefined);
  const possessionsOf = (name: ValueName) => {
    const kind = kindOf(name);
    return kind ? [possessionOf(run, step, party, name, kind)] : [];
  };
  const lines = ORDER[party].map((names) => names.flatMap(possessionsOf).filter((each) => isListed(each, party)));
  return lines.filter((line) => line.length > 0);
}

function isListed({ name, state, disagreement }: Possession, party: Endpoint): boolean {
  return isHeld(state) || disagreement !== undefined || (party === 'client' && name === THE_KEY);
}

/** The lines of one memory. */
export type Memory = readonly (TemplateResult | typeof nothing)[];

export function holdings(language: Language, run: Run, step: Step, party: Endpoint, short: boolean): Memory {
  return linesOf(run, step, party).map((line) => item(language, line, party, short));
}

function item(language: Language, line: Line, party: Endpoint, short: boolean): TemplateResult | typeof nothing {
  const { ui, values } = language;
  const [first] = line;
  if (!first) return nothing;
  const { name, kind, state, disagreement } = first;
  const classes = {
    [`colour-${valueColour({ name, kind })}`]: true,
    not: !isHeld(state),
    disagrees: disagreement !== undefined,
  };
  // In the client's memory the word that says whose key it is stays.
  const label = (short && party === 'server' ? values[name].short : undefined) ?? values[name].plain;
  const said = disagreement
    ? ui.states[disagreement.declared ? 'missing' : 'undeclared']
    : isHeld(state)
      ? ''
      : ui.states.notFound;
  return html`<li class=${classMap(classes)} data-value=${name} data-state=${state.is}>
    ${kindGlyph(kind)}<span class="name">${line.length > 1 ? ui.groups.data(line.length) : label}${said ? html` <em>${said}</em>` : nothing}</span>
  </li>`;
}
