/**
 * Who holds what at a step, from what the parties declare after each unit. Pure functions, as good backwards as
 * forwards.
 */

import type { Party, Run, Step, ValueKind, ValueName } from './model';
import { computationsOf, valueKinds } from './values';

export type PossessionState =
  /** The party declares it in no unit of the run. */
  | { readonly is: 'never' }
  | { readonly is: 'not yet' }
  /** It came in this step. */
  | { readonly is: 'new' }
  | { readonly is: 'held' }
  /** Held, and an input of a computation that the party makes in this step. */
  | { readonly is: 'used now' }
  /** Overwritten in the given step; `now` if that is the step asked about. */
  | { readonly is: 'erased'; readonly step: Step; readonly now: boolean };

export interface Possession {
  readonly party: Party;
  readonly name: ValueName;
  readonly kind: ValueKind;
  readonly state: PossessionState;
}

/** The value that the whole page is about. Every party has a row for it, held or not. */
export const THE_KEY: ValueName = 'server_private_key';

/** Where a party starts to hold a value and where it stops: indices of units; `until` is the first one without it. */
interface Span {
  readonly from: number;
  readonly until: number;
}

/** What a party holds of a value at a step. */
export function possession(run: Run, step: Step, party: Party, name: ValueName): PossessionState {
  const spans = spansOf(run, party).get(name);
  if (!spans) return { is: 'never' };
  const end = (step.units.at(-1) ?? -1) + 1;
  const begun = spans.findLast((span) => span.from < end);
  if (!begun) return { is: 'not yet' };
  if (begun.until < end) {
    const erasing = run.steps.find((candidate) => candidate.units.includes(begun.until)) ?? step;
    return { is: 'erased', step: erasing, now: erasing.index === step.index };
  }
  if (step.units.includes(begun.from)) return { is: 'new' };
  return uses(run, step, party, name) ? { is: 'used now' } : { is: 'held' };
}

/** Every value that protects something or proves something, and that the party holds at any time; and {@link THE_KEY}. */
export function possessions(run: Run, step: Step, party: Party): readonly Possession[] {
  const kinds = valueKinds(run);
  const names = new Set(spansOf(run, party).keys());
  names.add(THE_KEY);
  return [...names].flatMap((name) => {
    const kind = kinds.get(name) ?? (name === THE_KEY ? 'private_key' : undefined);
    return kind && kind !== 'public' ? [{ party, name, kind, state: possession(run, step, party, name) }] : [];
  });
}

/** Whether a party declares to hold a value after a unit. */
export function holdsAfter(run: Run, unit: number, party: Party, name: ValueName): boolean {
  return (spansOf(run, party).get(name) ?? []).some((span) => span.from <= unit && unit < span.until);
}

function uses(run: Run, step: Step, party: Party, name: ValueName): boolean {
  return computationsOf(run, step).some(
    ({ unit, computation }) => unit.party === party && computation.inputs.some((input) => input.name === name),
  );
}

const spansByRun = new WeakMap<Run, Map<Party, Map<ValueName, Span[]>>>();

function spansOf(run: Run, party: Party): Map<ValueName, Span[]> {
  let byParty = spansByRun.get(run);
  if (!byParty) {
    byParty = new Map();
    spansByRun.set(run, byParty);
  }
  let spans = byParty.get(party);
  if (!spans) {
    spans = declaredSpans(run, party);
    byParty.set(party, spans);
  }
  return spans;
}

function declaredSpans(run: Run, party: Party): Map<ValueName, Span[]> {
  const spans = new Map<ValueName, Span[]>();
  const since = new Map<ValueName, number>();
  for (const unit of run.units) {
    if (unit.party !== party) continue;
    const now = new Set(unit.holdings.map((holding) => holding.name));
    for (const name of now) {
      if (!since.has(name)) since.set(name, unit.index);
    }
    for (const [name, from] of since) {
      if (now.has(name)) continue;
      add(spans, name, { from, until: unit.index });
      since.delete(name);
    }
  }
  for (const [name, from] of since) add(spans, name, { from, until: Number.POSITIVE_INFINITY });
  return spans;
}

function add(spans: Map<ValueName, Span[]>, name: ValueName, span: Span): void {
  spans.set(name, [...(spans.get(name) ?? []), span]);
}
