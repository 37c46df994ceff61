/** A secret inside a message: its chip, in the outline of what is encrypted to a public key. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import type { Arrow } from '../../run/diagram';
import { enclosedIn } from '../../run/key-movements';
import type { Run } from '../../run/model';
import { there } from '../../run/there';
import { kindColour } from '../shared/colours';
import { kindGlyph } from '../shared/glyphs';

export function enclosedSecret({ values }: Language, run: Run, { record }: Arrow): TemplateResult | typeof nothing {
  const inside = enclosedIn(run, there(`record ${record}`, run.records[record]));
  if (!inside) return nothing;
  return html`<span class="enclosed" data-value=${inside.secret} data-encrypted=${inside.encrypted}>
    <span class="inside colour-${kindColour[inside.kind]}">${kindGlyph(inside.kind)}<span class="name">${values[inside.secret].plain}</span></span></span>`;
}
