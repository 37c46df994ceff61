/**
 * What is for engineers is folded. Whoever opens it has it open from then on: from step to step and, where the browser keeps it, at the next
 * visit.
 */

/** Under this name. */
const KEPT = 'tls-glass-engineers';

/** For this visit, also where nothing is kept. */
let open: boolean | undefined;

export function isOpenForEngineers(): boolean {
  open ??= kept();
  return open;
}

export function keepForEngineers(isOpen: boolean): void {
  open = isOpen;
  try {
    localStorage.setItem(KEPT, isOpen ? 'open' : 'closed');
  } catch {
    // Storage is forbidden or full: it stays open for this visit.
  }
}

function kept(): boolean {
  try {
    return localStorage.getItem(KEPT) === 'open';
  } catch {
    return false;
  }
}
