/** The address of the page follows its place, so that loading it again, or sending it, leads there. */

import { parametersOf, withParameters } from './element/options/address';
import { OPTION_NAMES, parseOptions, type RawOptions } from './element/options/options';
import { stepAt } from './element/options/position';
import type { TlsGlassElement } from './element/tls-glass-element';

/** Safari takes a hundred changes of an address in 30 seconds; whoever holds an arrow key down makes more. */
const PAUSE = 400;

/** Follows the element's events. The theme is in the address only if it came by it: else it is the reader's, not the link's. */
export function followPlace(element: TlsGlassElement, hasTheme: boolean): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let isBehind = false;
  const write = (): void => {
    // Until there is a run, the address is what it was asked by.
    if (!element.run) return;
    const search = withParameters(location.search, placeOf(element, hasTheme));
    if (search !== location.search)
      history.replaceState(history.state, '', `${location.pathname}${search}${location.hash}`);
  };
  const follow = (): void => {
    isBehind = waiting !== undefined;
    if (isBehind) return;
    write();
    waiting = setTimeout(() => {
      waiting = undefined;
      if (isBehind) follow();
    }, PAUSE);
  };
  for (const event of ['tls-glass-run', 'tls-glass-step']) element.addEventListener(event, follow);
  new MutationObserver(follow).observe(element, { attributeFilter: ['theme'] });
  addEventListener('pagehide', () => isBehind && write());
}

/** The link to what the element shows: without what the address may have beside it, such as who sent the reader here. */
export function linkTo(element: TlsGlassElement, hasTheme: boolean): string {
  const link = new URL(location.href);
  // Before there is a run, the place is what the address asks for.
  if (!element.run) return link.href;
  link.search = withParameters('', placeOf(element, hasTheme));
  link.hash = '';
  return link.href;
}

/** The parameters of what the element shows. */
function placeOf(element: TlsGlassElement, hasTheme: boolean): ReturnType<typeof parametersOf> {
  const raw: RawOptions = Object.fromEntries(OPTION_NAMES.map((name) => [name, element[name] ?? undefined]));
  const { run } = parseOptions({ ...raw, step: undefined }).options;
  const theme = hasTheme ? (raw.theme ?? 'system') : undefined;
  return parametersOf(run, element.run && stepAt(element.run, element.step), { ...raw, theme });
}
