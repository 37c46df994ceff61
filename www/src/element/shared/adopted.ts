/**
 * Style sheets of a part that loads later: `<aside ${adopted(css)}>` has the element around it adopt them, once. The page's policy
 * refuses sheets that are written into the document.
 */

import { type LitElement, noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';
import { there } from '../../run/there';

const sheets = new Map<string, CSSStyleSheet>();

function sheetOf(css: string): CSSStyleSheet {
  const known = sheets.get(css);
  if (known) return known;
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  sheets.set(css, made);
  return made;
}

class AdoptedDirective extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('adopted() stands inside a tag');
  }

  render(_css: string): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [css]: Parameters<this['render']>): typeof noChange {
    const { shadowRoot } = there('element that is drawn', part.options?.host as LitElement | undefined);
    const sheet = sheetOf(css);
    if (shadowRoot && !shadowRoot.adoptedStyleSheets.includes(sheet)) shadowRoot.adoptedStyleSheets.push(sheet);
    return noChange;
  }
}

export const adopted = directive(AdoptedDirective);
