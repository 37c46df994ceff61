/**
 * Shows a popover beneath what stands before it, where that was when it opened: it stays there, as it is, whatever the page around it
 * does, also where the page is drawn anew with another element in its place. How much room there is from there on, the style sheet
 * says, by `--top` and `--left`.
 */

import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

const GAP = 8;

/** How an open popover stands. */
interface Standing {
  readonly top: number;
  readonly left: number;
  scrolled: number;
  /** The name of the control that has the focus, or had it last. */
  focused: string | undefined;
}

/** One in each tree, while it is open. */
const open = new WeakMap<Node, Standing>();

class TopLayerDirective extends Directive {
  #element: HTMLElement | undefined;
  #isOpen = false;

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('inTopLayer() stands inside a tag, for the element itself');
  }

  render(_isOpen: boolean): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [isOpen]: [boolean]): typeof noChange {
    const element = part.element as HTMLElement;
    if (!this.#element) follow(element);
    this.#element = element;
    this.#isOpen = isOpen;
    // What is drawn for the first time is not in the page yet, and empty.
    queueMicrotask(() => this.#show());
    return noChange;
  }

  #show(): void {
    const element = this.#element;
    if (!element?.isConnected || element.matches(':popover-open') === this.#isOpen) return;
    const tree = element.getRootNode();
    if (!this.#isOpen) {
      open.delete(tree);
      element.hidePopover();
      return;
    }
    const before = open.get(tree);
    const standing = before ?? standingOf(element);
    open.set(tree, standing);
    element.style.setProperty('--top', `${standing.top}px`);
    element.style.setProperty('--left', `${standing.left}px`);
    element.showPopover();
    if (!before) return;
    element.scrollTop = standing.scrolled;
    // What had the focus has gone with the former element.
    const button = element.previousElementSibling;
    const control = standing.focused === undefined ? button : element.querySelector(`[name="${standing.focused}"]`);
    if (control instanceof HTMLElement) control.focus({ preventScroll: true });
  }
}

function standingOf(element: HTMLElement): Standing {
  const { bottom, left } = element.previousElementSibling?.getBoundingClientRect() ?? new DOMRect();
  return { top: bottom + GAP, left, scrolled: 0, focused: undefined };
}

function follow(element: HTMLElement): void {
  const standing = () => open.get(element.getRootNode());
  element.addEventListener('scroll', () => {
    const at = standing();
    if (at && element.isConnected) at.scrolled = element.scrollTop;
  });
  element.addEventListener('focusin', ({ target }) => {
    const at = standing();
    if (at) at.focused = (target as Element).getAttribute('name') ?? undefined;
  });
}

export const inTopLayer = directive(TopLayerDirective);
