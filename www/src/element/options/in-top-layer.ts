/**
 * Shows a popover beneath what stands before it, where that was when it opened: it stays there, whatever the page around it does.
 * How much room there is from there on, the style sheet says, by `--top` and `--left`.
 */

import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

const GAP = 8;

class TopLayerDirective extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('inTopLayer() stands inside a tag, for the element itself');
  }

  render(_isOpen: boolean): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [isOpen]: [boolean]): typeof noChange {
    const element = part.element as HTMLElement;
    if (!element.isConnected || element.matches(':popover-open') === isOpen) return noChange;
    if (isOpen) {
      const { bottom, left } = element.previousElementSibling?.getBoundingClientRect() ?? new DOMRect();
      element.style.setProperty('--top', `${bottom + GAP}px`);
      element.style.setProperty('--left', `${left}px`);
    }
    element.togglePopover(isOpen);
    return noChange;
  }
}

export const inTopLayer = directive(TopLayerDirective);
