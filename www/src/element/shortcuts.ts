/** Which keys do what. A pure function. */

export type KeyAction = 'back' | 'forward' | 'first' | 'last' | 'play' | 'terms';

const ACTIONS: Readonly<Record<string, KeyAction>> = {
  ArrowLeft: 'back',
  ArrowRight: 'forward',
  Home: 'first',
  End: 'last',
  ' ': 'play',
  '/': 'terms',
};

/** What a key does here, unless the focused control has a use of its own for it. */
export function keyAction(event: KeyboardEvent): KeyAction | undefined {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return undefined;
  // On many keyboards a slash takes the shift key.
  if (event.shiftKey && event.key !== '/') return undefined;
  const action = ACTIONS[event.key];
  const [target] = event.composedPath();
  if (!action || !(target instanceof Element)) return action;
  if (target.closest('input, select, textarea, [contenteditable], [role=tree], [role=listbox], [popover]'))
    return undefined;
  if (action === 'play' && target.closest('button, a, summary')) return undefined;
  return action;
}
