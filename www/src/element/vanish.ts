/** What is erased in a step, as the searches saw it: where it was before, and what is there after. Pure functions. */

import { foundIn, looksOf, type Row, rows } from '../run/glass';
import { bytesAt } from '../run/memory';
import type { Look, Party, Run, Step, ValueName } from '../run/model';
import { erasedIn, unitsOf } from '../run/values';
import { mainCopies } from './where';

/** One party's copy of a value, before and after. */
export interface Vanished {
  readonly party: Party;
  readonly name: ValueName;
  readonly row: Row | undefined;
  /** Absent for what is too short to search for. */
  readonly place: { readonly at: number; readonly before: Uint8Array; readonly after: Uint8Array } | undefined;
  readonly copiesBefore: number;
  readonly copiesAfter: number;
}

export function vanished(run: Run, step: Step): readonly Vanished[] {
  const units = unitsOf(run, step);
  return erasedIn(run, step).flatMap(({ party, name }) => {
    const unit = units.find(
      (each) =>
        each.party === party && each.unit.events.some((event) => event.type === 'erased' && event.name === name),
    );
    return unit ? [between(run, party, name, unit.index)] : [];
  });
}

/** The search before a unit, and the one after it. */
function between(run: Run, party: Party, name: ValueName, unit: number): Vanished {
  const row = rows(run).find((candidate) => candidate.name === name);
  const looks = looksOf(run, party);
  const before = looks.findLast((look) => look.unit < unit);
  const after = looks.find((look) => look.unit >= unit);
  const copies = (look: Look | undefined) => (row && look ? mainCopies(row, foundIn(look, name)?.copies ?? []) : []);
  const [copy] = copies(before);
  const bytes = (look: Look | undefined) =>
    look && copy ? bytesAt(look.image, copy.at, copy.at + copy.length) : new Uint8Array();
  return {
    party,
    name,
    row,
    place: copy && after ? { at: copy.at, before: bytes(before), after: bytes(after) } : undefined,
    copiesBefore: copies(before).length,
    copiesAfter: copies(after).length,
  };
}
