/**
 * Sets custom properties of an element: `<p ${customProperties({ '--level': '2' })}>`.
 *
 * Through the CSSOM, always: Lit's `styleMap` writes a style attribute at first, which the page's policy refuses.
 */

import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

class CustomPropertiesDirective extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT)
      throw new Error('customProperties() stands inside a tag, for the element itself');
  }

  render(_values: Readonly<Record<`--${string}`, string>>): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [values]: Parameters<this['render']>): typeof noChange {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(values)) style.setProperty(name, value);
    return noChange;
  }
}

export const customProperties = directive(CustomPropertiesDirective);
