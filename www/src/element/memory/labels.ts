/** Markers of a picture give way to its labels: what a label says is nowhere else. */

/** Between a marker and what it gives way to, in pixels. */
const GAP = 2;

/** Moves every marker that lies over a label beneath it, and there beside the markers that came before. */
export function keepLabelsFree(root: ParentNode): void {
  const pins = [...root.querySelectorAll<HTMLElement>('.pin')];
  for (const pin of pins) pin.style.translate = '';
  const labels = [...root.querySelectorAll('.region')].map((label) => label.getBoundingClientRect());
  const places = pins.map((pin) => ({ pin, place: pin.getBoundingClientRect() }));
  const moved: DOMRect[] = [];
  for (const { pin, place } of places) {
    const label = overAt(place, labels);
    if (!label) continue;
    let at = new DOMRect(place.x, label.bottom + GAP, place.width, place.height);
    for (let over = overAt(at, moved); over; over = overAt(at, moved)) {
      at = new DOMRect(over.left - GAP - at.width, at.y, at.width, at.height);
    }
    moved.push(at);
    pin.style.translate = `calc(-50% + ${at.x - place.x}px) calc(-100% - 1px + ${at.y - place.y}px)`;
  }
}

function overAt(at: DOMRect, taken: readonly DOMRect[]): DOMRect | undefined {
  return taken.find(
    ({ left, right, top, bottom }) => at.left < right && left < at.right && at.top < bottom && top < at.bottom,
  );
}
