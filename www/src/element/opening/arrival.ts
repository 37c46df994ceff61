/** The reply crosses the wire once, when the figure first comes into view; then it rests. */

/** The roots whose figure has moved, or is about to. */
const moved = new WeakSet<ParentNode>();

/** Has it stand at the server's side until it can be seen. Where motion is not wanted it rests from the beginning. */
export function moveOnce(root: ParentNode): void {
  const reply = root.querySelector<HTMLElement>('.opening:not(.awaited) .reply');
  if (!reply || moved.has(root)) return;
  moved.add(root);
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  reply.dataset.moves = 'to come';
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    reply.dataset.moves = 'now';
  });
  observer.observe(reply);
}
