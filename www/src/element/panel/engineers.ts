/**
 * What is for engineers is folded. Whoever opens it has it open from then on: from step to step and, where the browser keeps it, at the next
 * visit.
 */

import { keep, kept } from '../shared/kept';

const KEPT = 'tls-glass-engineers';

/** For this visit, also where nothing is kept. */
let open: boolean | undefined;

export function isOpenForEngineers(): boolean {
  open ??= kept(KEPT) === 'open';
  return open;
}

export function keepForEngineers(isOpen: boolean): void {
  open = isOpen;
  keep(KEPT, isOpen ? 'open' : 'closed');
}
