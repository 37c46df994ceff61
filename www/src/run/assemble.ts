/** Makes a {@link Run} from the log of what the parties did, unit by unit. Pure functions. */

import { type LogEntry, numbered, unitsIn } from './log';
import type {
  Action,
  ClaimTest,
  Failure,
  Negotiated,
  PartyAttempt,
  Question,
  Run,
  RunOptions,
  RunOutcome,
  RunUnit,
  Step,
  StepId,
  StepRef,
  TraceEvent,
  Wait,
  WireRecord,
} from './model';
import { isEndpoint } from './model';
import { readBy } from './opened-record';
import { buffersOf, wireRecords } from './records';
import { type SearchResult, searched } from './search/job';
import { isSameStep } from './step-ref';
import { StepSequence } from './step-sequence';
import { isCounted, PROLOGUE, stepsFor } from './steps';

/** Which keys are tried on the reply, of which kind, and by whom: the choices of the opening question. */
export const CHOICES = [
  { party: 'server', key: 'server_private_key', kind: 'private_key' },
  { party: 'client', key: 'server_public_key', kind: 'public_key' },
  { party: 'client', key: 'server_write_key', kind: 'traffic_key' },
] as const;

/** What is known of a run beside its log. */
export interface Results {
  /** Made on the reply, in the order of {@link CHOICES}. */
  readonly attempts: readonly PartyAttempt[];
  /** Who waits, now that nobody can go on; nobody, if the connection came to its end. */
  readonly waits: readonly Wait[];
  readonly claim: readonly ClaimTest[];
  /** What was found of what {@link searchJob} asked for. */
  readonly found: SearchResult;
}

export function assemble(
  options: RunOptions,
  log: readonly LogEntry[],
  { attempts, waits, claim, found }: Results,
): Run {
  const units = numbered(unitsIn(log));
  const buffers = buffersOf(units);
  const records = wireRecords(log, units, buffers);
  const outcome = outcomeOf(units, waits);
  const steps = stepsOf(options, units, records);
  const isMissing = (id: StepId) => !steps.some((step) => step.id === id);
  const unreached = outcome.is === 'complete' ? [] : stepsFor(options).filter(isMissing);
  return {
    options,
    seeded: options.seed !== undefined,
    negotiated: negotiatedOf(units),
    units,
    records,
    steps,
    stepCount: [...steps.map(({ id }) => id), ...unreached].filter(isCounted).length,
    unreached,
    question: questionOf(records, attempts),
    outcome,
    buffers,
    ...searched(log, found),
    claim,
  };
}

/** The record that the opening question is about: the first of the server's reply. */
export function replyOf(records: readonly WireRecord[]): WireRecord | undefined {
  return records.find(
    (record) => isOwn(record) && record.from === 'server' && record.contentType === 'application_data',
  );
}

/** Whether a record is of the connection that the run is about, and not of an earlier one. */
export function isOwn({ sent }: WireRecord): boolean {
  return sent.scope === 'connection';
}

function questionOf(records: readonly WireRecord[], attempts: readonly PartyAttempt[]): Question | undefined {
  const reply = replyOf(records);
  return reply && attempts.length > 0 ? { record: reply.index, attempts } : undefined;
}

/** What the two sides agreed on, by all that either of them knows: the server knows the group before the client does. */
function negotiatedOf(units: readonly RunUnit[]): Negotiated | undefined {
  const reports = units.flatMap((unit) => unit.unit.events.filter((event) => event.type === 'negotiated'));
  const last = reports.at(-1);
  if (!last) return undefined;
  const group = reports.findLast((report) => report.group)?.group;
  const signatureScheme = reports.findLast((report) => report.signatureScheme)?.signatureScheme;
  return { ...last, group, signatureScheme };
}

function outcomeOf(units: readonly RunUnit[], waits: readonly Wait[]): RunOutcome {
  const failure = firstFailure(units);
  if (failure) return { is: 'failed', failure };
  return waits.length > 0 ? { is: 'stalled', waits } : { is: 'complete' };
}

function firstFailure(units: readonly RunUnit[]): Failure | undefined {
  for (const { index, party, unit } of units) {
    const report = unit.events.find((event) => event.type === 'failure');
    if (report && isEndpoint(party)) return { party, unit: index, report };
  }
  return undefined;
}

/** Groups the units by the steps that they belong to, in the order in which they ran. */
function stepsOf(options: RunOptions, units: readonly RunUnit[], records: readonly WireRecord[]): Step[] {
  const sequence = new StepSequence(options);
  const groups: { readonly ref: StepRef; readonly units: RunUnit[] }[] = [];
  // What is planted is nothing that the party does: it goes with the unit before which it was put there.
  let planted: RunUnit[] = [];
  for (const unit of units) {
    const { party, scope } = unit;
    const { action, events } = unit.unit;
    if (action === 'plant_bytes') {
      planted.push(unit);
      continue;
    }
    const placed = { party, scope, action: action === 'open_record' ? opening(unit, units, records) : action };
    const ref = sequence.add(placed, events.some(isFailure));
    const last = groups.at(-1);
    const group = last && isSameStep(last.ref, ref) ? last : { ref, units: [] };
    if (group !== last) groups.push(group);
    group.units.push(...planted, unit);
    planted = [];
  }
  groups.at(-1)?.units.push(...planted);
  const counted = groups.filter(({ ref }) => isCounted(ref.id));
  return groups.map((group, index) => {
    const { ref, units: own } = group;
    const indices = new Set(own.map((unit) => unit.index));
    return {
      ...ref,
      index,
      number: isCounted(ref.id) ? counted.indexOf(group) + 1 : null,
      lane: laneOf(ref.id, own),
      units: [...indices],
      records: records.filter((record) => indices.has(record.sentBy)).map((record) => record.index),
    };
  });
}

/** The action that reads what is in the record that a unit opens. */
function opening(unit: RunUnit, units: readonly RunUnit[], records: readonly WireRecord[]): Action {
  const record = records.find(({ receivedBy }) => receivedBy === unit.index);
  return readBy(record && units[record.sentBy]?.unit.action);
}

function isFailure(event: TraceEvent): boolean {
  return event.type === 'failure';
}

/** A message's step is its sender's; a computation's is that of whoever computes. Who listens has no part in it. */
function laneOf(id: StepId, all: readonly RunUnit[]): Step['lane'] {
  if (id === PROLOGUE) return 'authority';
  if (id === 'session') return 'both';
  const units = all.filter(({ party, unit }) => isEndpoint(party) && unit.action !== 'plant_bytes');
  const first = units[0]?.party ?? 'client';
  const parties = new Set(units.map((unit) => unit.party));
  if (parties.size < 2 || units.some((unit) => unit.unit.action.startsWith('send_') && id !== 'close')) {
    return units.find((unit) => unit.unit.action.startsWith('send_'))?.party ?? first;
  }
  return 'both';
}
