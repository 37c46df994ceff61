/** Which part of the stage is in view: the present step always, and no half of a label beneath the party boxes. */

/** Less than this part of the diagram's height beneath the party boxes is no room for a step. */
const ROOM = 0.5;

/** Scrolls the diagram, and nothing else, so that the present step is in view. Says how far it still goes. */
export function scrollToStep(root: ParentNode, smooth: boolean): number {
  const column = root.querySelector<HTMLElement>('.stage.single');
  if (!column) return scrollDiagram(root, smooth && !matchMedia('(prefers-reduced-motion: reduce)').matches);
  scrollColumn(column);
  return 0;
}

/** The step stands in the middle of what the party boxes leave free; without them, at the top. */
function scrollDiagram(root: ParentNode, smooth: boolean): number {
  const box = root.querySelector<HTMLElement>('.stage .diagram');
  const step = box?.querySelector<HTMLElement>('.step.now');
  const boxes = box?.querySelector<HTMLElement>('.lanes');
  if (!box || !step || !boxes) return 0;
  const free = box.clientHeight - boxes.offsetHeight;
  // In a low frame the step comes first: the party boxes scroll with the rest.
  const areKept = free >= step.offsetHeight || free >= ROOM * box.clientHeight;
  box.toggleAttribute('data-low', !areKept);
  const above = areKept ? boxes.offsetHeight + Math.max(0, free - step.offsetHeight) / 2 : MARGIN;
  const top = Math.min(Math.max(0, topIn(box, step) - above), box.scrollHeight - box.clientHeight);
  box.scrollTo({ top, behavior: smooth ? 'smooth' : 'instant' });
  hideCovered(box);
  return top - box.scrollTop;
}

/** One column for all: from its beginning where step and caption are in view then, otherwise from the step on. */
function scrollColumn(column: HTMLElement): void {
  const step = column.querySelector('.step.now');
  const caption = column.querySelector('.caption');
  if (!step || !caption) return;
  // The answer, where it is given, is what the reader came for.
  const last = column.querySelector('.http-body') ?? caption;
  const end = topIn(column, last) + last.getBoundingClientRect().height;
  column.scrollTo({ top: end <= column.clientHeight ? 0 : topIn(column, step) - MARGIN, behavior: 'instant' });
}

/** Above a step that the column begins with. */
const MARGIN = 4;

function topIn(box: HTMLElement, part: Element): number {
  return part.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientTop + box.scrollTop;
}

/** A row that is partly beneath the party boxes, or beyond the upper edge where they are not kept, is not seen at all. It stays where it is, for keyboard and screen reader. */
export function hideCovered(box: HTMLElement): void {
  const boxes = box.querySelector('.lanes');
  if (!boxes) return;
  const edge = box.hasAttribute('data-low') ? box.getBoundingClientRect().top : boxes.getBoundingClientRect().bottom;
  const rows = box.querySelectorAll('.step > :not(.hidden-text)');
  // First all questions, then all answers: each answer in between would have the browser lay out all anew.
  const tops = [...rows].map((row) => row.getBoundingClientRect().top);
  for (const [i, row] of rows.entries()) row.toggleAttribute('data-covered', (tops[i] ?? 0) < edge - 1);
}

/** What a reader scrolled in the panel of one step is not where the next one begins. */
export function scrollPanelToTop(root: ParentNode): void {
  root.querySelector('.stage .panel')?.scrollTo({ top: 0, behavior: 'instant' });
}
