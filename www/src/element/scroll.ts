/** Scrolls the diagram, and nothing else, so that a step stands in the middle of what the party boxes leave free. */
export function scrollToStep(root: ParentNode, smooth: boolean): void {
  const box = root.querySelector<HTMLElement>('.stage .diagram');
  const step = box?.querySelector<HTMLElement>('.step.now');
  const boxes = box?.querySelector<HTMLElement>('.lanes');
  if (!box || !step || !boxes) return;
  const covered = boxes.offsetHeight;
  const at = step.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  const spare = Math.max(0, box.clientHeight - covered - step.offsetHeight);
  const still = !smooth || matchMedia('(prefers-reduced-motion: reduce)').matches;
  box.scrollTo({ top: at - covered - spare / 2, behavior: still ? 'instant' : 'smooth' });
}
