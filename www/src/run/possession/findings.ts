/**
 * What the searches of a run found, and whether it is what the parties declare. Pure functions.
 *
 * A party says what it holds after each of its units; a search says what is in its memory. For what is worth hiding,
 * both have to agree exactly: each part of a declared value is there once, and nothing of any other value is there.
 */

import type { Copy, Finding, Look, Party, Posting, Run, RunUnit, Step, Value, ValueName } from '../model';
import { PARTIES } from '../model';
import { perRun } from '../per-run';
import { isOpen, lastUnit, type Row, rows, SHORTEST, THE_KEY } from '../values';

/** A party whose memory and whose declaration say different things about a value. */
export interface Disagreement {
  readonly party: Party;
  readonly step: Step;
  readonly name: ValueName;
  readonly declared: boolean;
  readonly copies: readonly Copy[];
  /** How many pieces were found outside of whole copies. */
  readonly pieces: number;
  /** Whether the page put it there. */
  readonly planted: boolean;
}

/** The searches of one party's memory, in their order. */
export function looksOf(run: Run, party: Party): readonly Look[] {
  return looksByParty(run).get(party) ?? [];
}

const looksByParty = perRun((run) => byParty(run.looks));

/** The searches of a party's memory up to the end of a step. */
export function looksBefore(run: Run, step: Step, party: Party): readonly Look[] {
  const last = lastUnit(step);
  return looksOf(run, party).filter((look) => look.unit <= last);
}

/** A party's memory as it is at the end of a step, searched. */
export function lookAt(run: Run, step: Step, party: Party): Look {
  const look = looksBefore(run, step, party).at(-1);
  if (!look) throw new Error(`the memory of ${party} was not searched by the end of ${step.id}`);
  return look;
}

/** How many searches were made of a party's memory up to the end of a step. */
export function searchCount(run: Run, step: Step, party: Party): number {
  return looksBefore(run, step, party).length;
}

/** In how many of the searches of a party's memory up to the end of a step the server's private key was found, or a piece of it. */
export function searchesForTheKey(
  run: Run,
  step: Step,
  party: Party,
): { readonly all: number; readonly found: number } {
  // Throws where nobody looked.
  lookAt(run, step, party);
  const looks = looksBefore(run, step, party);
  return { all: looks.length, found: looks.filter((look) => foundIn(look, THE_KEY)).length };
}

/** Where a value rests in a party's memory at the end of a step. */
export function copiesAt(run: Run, step: Step, party: Party, name: ValueName): readonly Copy[] {
  return foundIn(lookAt(run, step, party), name)?.copies ?? [];
}

export function foundIn(look: Look, name: ValueName): Finding | undefined {
  return look.findings.find((finding) => finding.name === name);
}

/** What a party declares to hold after a unit, of whomever it was. */
export function declaredAfter(run: Run, unit: number, party: Party): ReadonlySet<ValueName> {
  return (
    declarations(run)
      .get(party)
      ?.findLast((declaration) => declaration.unit <= unit)?.names ?? NOTHING
  );
}

const NOTHING: ReadonlySet<ValueName> = new Set();

interface Declaration {
  readonly party: Party;
  readonly unit: number;
  readonly names: ReadonlySet<ValueName>;
}

const declarations = perRun((run) => byParty(run.units.map(declarationOf)));

function declarationOf({ party, index, holdings }: RunUnit): Declaration {
  return { party, unit: index, names: new Set(holdings.map((holding) => holding.name)) };
}

/**
 * Whether a party has a value, by a search of its memory; of what is too short to search for, by its declaration.
 */
export function isHeldAt(run: Run, look: Look, row: Row): boolean {
  if (!row.searchable) return declaredAfter(run, look.unit, look.party).has(row.name);
  return (foundIn(look, row.name)?.copies.length ?? 0) > 0;
}

/** Everything about which a declaration and a search disagree. Empty in every run but one with a planted key. */
export const disagreements = perRun((run): readonly Disagreement[] =>
  run.steps.flatMap((step) => disagreementsIn(run, step)),
);

/** The disagreements of one step: at its end, or after any unit of it. */
export function disagreementsAt(run: Run, step: Step): readonly Disagreement[] {
  return disagreements(run).filter((disagreement) => disagreement.step.index === step.index);
}

function disagreementsIn(run: Run, step: Step): Disagreement[] {
  const units = new Set(step.units);
  const found = new Map<string, Disagreement>();
  for (const look of run.looks) {
    if (!units.has(look.unit)) continue;
    for (const row of rows(run)) {
      const disagreement = disagreementOf(run, step, look, row);
      // Of several searches in one step, the last that disagrees stands for all of them.
      if (disagreement) found.set(`${look.party} ${row.name}`, disagreement);
    }
  }
  return [...found.values()];
}

function disagreementOf(run: Run, step: Step, look: Look, row: Row): Disagreement | undefined {
  if (isOpen(row.kind) || !row.searchable) return undefined;
  const { party } = look;
  const { name } = row;
  const declared = declaredAfter(run, look.unit, party).has(name);
  const copies = foundIn(look, name)?.copies ?? [];
  const pieces = foundIn(look, name)?.pieces.length ?? 0;
  if (pieces === 0 && searchableParts(row).every((part) => count(copies, part) === (declared ? 1 : 0)))
    return undefined;
  return { party, step, name, declared, copies, pieces, planted: isPlanted(run, look, name) };
}

function searchableParts(row: Row): readonly string[] {
  const parts = row.values.flatMap((value) => value.parts.filter((part) => part.bytes.length >= SHORTEST));
  return [...new Set(parts.map((part) => part.name))];
}

function count(copies: readonly Copy[], part: string): number {
  return copies.filter((copy) => copy.part === part).length;
}

/** The step at whose beginning the page put the server's private key into the client, if it did. */
export function plantedStep(run: Run): Step | undefined {
  return run.steps.find((step) => step.units.some((index) => run.units[index]?.unit.action === 'plant_bytes'));
}

/** Whether the page had put the server's private key into this memory by then. */
function isPlanted(run: Run, { party, unit }: Look, name: ValueName): boolean {
  if (name !== THE_KEY) return false;
  return run.units.some((each) => each.index <= unit && each.party === party && each.unit.action === 'plant_bytes');
}

/**
 * What was posted into a worker and holds a secret that its party does not declare in its next unit.
 *
 * A party of a seeded run is given its own seed; that it declares to hold it explains the posting. A planted key is
 * declared by nobody.
 */
export function unexplainedPostings(run: Run): readonly Posting[] {
  const kinds = new Map(rows(run).map(({ name, kind }) => [name, kind]));
  return run.postings.filter((posting) => {
    const next = run.units.find((unit) => unit.index > posting.unit && unit.party === posting.party);
    const declared = declaredAfter(run, next?.index ?? posting.unit, posting.party);
    return posting.findings.some(({ name }) => !isOpen(kinds.get(name) ?? 'public') && !declared.has(name));
  });
}

function byParty<T extends { readonly party: Party }>(all: readonly T[]): ReadonlyMap<Party, readonly T[]> {
  return new Map(PARTIES.map((party) => [party, all.filter((each) => each.party === party)]));
}

/** The part that stands for a value: the number itself before its encoding. */
function mainPart(parts: Value['parts']): Value['parts'][number] | undefined {
  return parts.find((part) => part.name !== 'pkcs8') ?? parts[0];
}

/** The copies of a value's main part: one address a copy. Where only other parts were found, those. */
export function mainCopies(row: Row, copies: readonly Copy[]): readonly Copy[] {
  const names = new Set(row.values.map((value) => mainPart(value.parts)?.name));
  const main = copies.filter((copy) => names.has(copy.part));
  const shown = main.length > 0 ? main : copies;
  return shown.toSorted((a, b) => a.at - b.at);
}
