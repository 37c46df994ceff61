/** What opens over the page by the platform's own `popover`: closed by Escape and by a click elsewhere. */

/** What stands in it belongs to what was on display: that changes, and it closes. */
export function closePopovers(root: ParentNode): void {
  for (const open of root.querySelectorAll<HTMLElement>('[popover]:popover-open')) open.hidePopover();
}

/** Distance to the window's edge, and to what opened it, in pixels. */
const GAP = 8;
/** With less room than this on either side it takes the whole height. */
const LEAST = 220;

/** Where there is more room, below what opened it or above, before it is shown: as high as there is room. */
export function placeBeside(popover: HTMLElement, opener: Element): void {
  const { left, top, bottom } = opener.getBoundingClientRect();
  const below = window.innerHeight - bottom - 2 * GAP;
  const above = top - 2 * GAP;
  const isBelow = below >= above;
  const room = Math.max(below, above);
  const place =
    room < LEAST
      ? { top: `${GAP}px`, bottom: 'auto', room: `${window.innerHeight - 2 * GAP}px` }
      : isBelow
        ? { top: `${bottom + GAP}px`, bottom: 'auto', room: `${room}px` }
        : { top: 'auto', bottom: `${window.innerHeight - top + GAP}px`, room: `${room}px` };
  for (const [name, value] of Object.entries({ ...place, left: `${Math.max(GAP, left)}px` })) {
    popover.style.setProperty(`--${name}`, value);
  }
}
