/** What is there from a step on, and what is gone. Pure functions. */

import { together } from '../compare';
import type { Look, Party, Run, Step, ValueName } from '../model';
import { PARTIES } from '../model';
import { foundIn, looksBefore, looksOf, mainCopies } from '../possession/findings';
import { there } from '../there';
import { appearedIn, erasedIn, isOpen, rows, valueKinds } from '../values';
import { ingredient } from './holders';
import type { Erasing, Gone, Ingredient, Keeping } from './model';

/** Where nothing else says more. */
export function keeping(run: Run, step: Step): Keeping | undefined {
  const kept = keptIn(run, step);
  return kept.length > 0 ? { is: 'keeping', kept } : undefined;
}

/** What appears in a step and stays: secrets, and a session that is kept in a ticket. */
export function keptIn(run: Run, step: Step): readonly Ingredient[] {
  const appeared = appearedIn(run, step).filter(
    ({ value, party }) => party !== 'authority' && (!isOpen(value.kind) || value.name === TICKET),
  );
  return together(appeared).map(({ value }) => ingredient(run, step, value));
}

const TICKET: ValueName = 'session_ticket';

/** What a step overwrites that not everybody may have. Where something crosses the wire it is by the way, but at the end. */
export function erasing(run: Run, step: Step): Erasing | undefined {
  if (step.records.length > 0 && step.number !== null) return undefined;
  const erased = erasedIn(run, step);
  const kinds = valueKinds(run);
  const kindOf = (name: ValueName) => there(`kind of ${name}`, kinds.get(name));
  const names = [...new Set(erased.map(({ name }) => name))].filter((name) => !isOpen(kindOf(name)));
  const gone = names.map((name): Gone => {
    const by = erased.filter((each) => each.name === name).map(({ party }) => party);
    return { name, kind: kindOf(name), by, copies: copiesOf(run, step, name) };
  });
  return gone.length > 0 ? { is: 'erasing', gone } : undefined;
}

/** In all memories: before the step, and at its end. */
function copiesOf(run: Run, step: Step, name: ValueName): Gone['copies'] {
  const row = rows(run).find((each) => each.name === name);
  if (!row?.searchable) return undefined;
  const count = (look: Look | undefined) => (look ? mainCopies(row, foundIn(look, name)?.copies ?? []).length : 0);
  const first = step.units[0] ?? 0;
  const before = (party: Party) => looksOf(run, party).findLast(({ unit }) => unit < first);
  const after = (party: Party) => looksBefore(run, step, party).at(-1);
  const sum = (look: (party: Party) => Look | undefined) =>
    PARTIES.reduce((total, party) => total + count(look(party)), 0);
  return { before: sum(before), after: sum(after) };
}
