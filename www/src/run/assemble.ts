/** Makes a {@link Run} from the log of what the parties did, unit by unit. Pure functions. */

import { findField } from './bytes';
import { type LogEntry, type LoggedUnit, numbered, unitsIn } from './log';
import type {
  BufferRef,
  ClaimTest,
  Endpoint,
  Failure,
  MessageName,
  Negotiated,
  Party,
  PartyAttempt,
  Protection,
  Question,
  RecordMessage,
  Run,
  RunOptions,
  RunUnit,
  Slice,
  Step,
  StepId,
  TraceBuffer,
  TraceEvent,
  WireRecord,
} from './model';
import { bufferKey, isEndpoint, isMessageName, refIn } from './model';
import { ProtectedRecords } from './protected-records';
import { type SearchResult, searched } from './search/job';
import { rank, stepOf, stepsFor } from './steps';

/** Which keys are tried on the reply, and by whom: the choices of the opening question. */
export const CHOICES = [
  { party: 'server', key: 'server_private_key' },
  { party: 'client', key: 'server_public_key' },
  { party: 'client', key: 'server_write_key' },
] as const;

/** What is known of a run beside its log. */
export interface Results {
  /** Made on the reply, in the order of {@link CHOICES}. */
  readonly attempts: readonly PartyAttempt[];
  readonly claim: readonly ClaimTest[];
  /** What was found of what {@link searchJob} asked for. */
  readonly found: SearchResult;
}

export function assemble(options: RunOptions, log: readonly LogEntry[], { attempts, claim, found }: Results): Run {
  const units = numbered(unitsIn(log));
  const buffers = new Map(units.flatMap(buffersOf));
  const records = wireRecords(units, buffers);
  const failure = failureOf(units);
  const steps = stepsOf(options, units, records, failure);
  return {
    options,
    seeded: options.seed !== undefined,
    negotiated: negotiatedOf(units),
    units,
    records,
    steps,
    stepCount: stepsFor(options).length,
    unreached: failure ? stepsFor(options).filter((id) => !steps.some((step) => step.id === id)) : [],
    question: questionOf(records, attempts),
    failure,
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

/** All records that crossed the wire, in the order in which they were sent. */
export function recordsOf(collected: readonly LoggedUnit[]): readonly WireRecord[] {
  const units = numbered(collected);
  return wireRecords(units, new Map(units.flatMap(buffersOf)));
}

function questionOf(records: readonly WireRecord[], attempts: readonly PartyAttempt[]): Question | undefined {
  const reply = replyOf(records);
  return reply && attempts.length > 0 ? { record: reply.index, attempts } : undefined;
}

function buffersOf(unit: RunUnit): [string, TraceBuffer][] {
  return unit.unit.events.flatMap((event) =>
    event.type === 'buffer' ? [[bufferKey(refIn(unit, event.buffer.id)), event.buffer]] : [],
  );
}

function negotiatedOf(units: readonly RunUnit[]): Negotiated | undefined {
  const found = units.flatMap((unit) => unit.unit.events.filter((event) => event.type === 'negotiated'));
  return found.at(-1);
}

function failureOf(units: readonly RunUnit[]): Failure | undefined {
  for (const { index, party, unit } of units) {
    const report = unit.events.find((event) => event.type === 'failure');
    if (report && isEndpoint(party)) return { party, unit: index, report };
  }
  return undefined;
}

type RecordEvent = Extract<TraceEvent, { type: 'record' }>;

/** A record as one side reported it. */
interface Side {
  readonly unit: RunUnit;
  readonly event: RecordEvent;
  readonly ref: BufferRef;
  readonly buffer: TraceBuffer | undefined;
}

function sides(
  units: readonly RunUnit[],
  party: Endpoint,
  direction: RecordEvent['direction'],
  buffers: Buffers,
): Side[] {
  return units.flatMap((unit) =>
    unit.party !== party
      ? []
      : unit.unit.events.flatMap((event) => {
          if (event.type !== 'record' || event.direction !== direction) return [];
          const ref = refIn(unit, event.buffer);
          return [{ unit, event, ref, buffer: buffers.get(bufferKey(ref)) }];
        }),
  );
}

type Buffers = ReadonlyMap<string, TraceBuffer>;

function wireRecords(units: readonly RunUnit[], buffers: Buffers): WireRecord[] {
  const both = [flow(units, buffers, 'client', 'server'), flow(units, buffers, 'server', 'client')].flat();
  return both.toSorted((a, b) => a.sentBy - b.sentBy).map((record, index) => ({ ...record, index }));
}

function flow(units: readonly RunUnit[], buffers: Buffers, from: Endpoint, to: Endpoint): Omit<WireRecord, 'index'>[] {
  const received = sides(units, to, 'received', buffers);
  // TLS runs over a reliable stream: the nth record sent is the nth received.
  return sides(units, from, 'sent', buffers).map((sent, nth) => {
    const other = received[nth];
    return {
      from,
      to,
      bytes: sent.buffer?.bytes ?? new Uint8Array(),
      contentType: sent.event.contentType,
      messages: messagesOf(sent),
      protection: protectionOf(sent, buffers),
      key: sent.event.protection,
      sent: sent.ref,
      sentBy: sent.unit.index,
      received: other?.ref,
      receivedBy: other?.unit.index,
    };
  });
}

function messagesOf({ unit, event, ref, buffer }: Side): RecordMessage[] {
  if (event.contentType !== 'handshake') {
    const name = event.contentType;
    return isMessageName(name) ? [{ name, buffer: carried(unit, buffer?.carries) ?? ref }] : [];
  }
  // A sender's unit builds its message and the record that carries it.
  return unit.unit.events.flatMap((candidate) => {
    if (candidate.type !== 'message' || candidate.direction !== 'sent') return [];
    const name: string = candidate.message;
    return isMessageName(name) && isCarriedBy(buffer, candidate.buffer)
      ? [{ name, buffer: refIn(unit, candidate.buffer) }]
      : [];
  });
}

function carried(unit: RunUnit, slice: Slice | undefined): BufferRef | undefined {
  return slice && refIn(unit, slice.buffer);
}

function isCarriedBy(record: TraceBuffer | undefined, message: number): boolean {
  return !record?.carries || record.carries.buffer === message;
}

function protectionOf(side: Side, buffers: Buffers): Protection {
  if (side.event.protection !== undefined) return 'app';
  const encryptsAField = messagesOf(side).some((message) => {
    const buffer = buffers.get(bufferKey(message.buffer));
    return message.name === ENCRYPTING && buffer && findField(buffer.fields, 'EncryptedPreMasterSecret');
  });
  return encryptsAField ? 'public' : 'none';
}

const ENCRYPTING: MessageName = 'client_key_exchange';

function stepsOf(
  options: RunOptions,
  units: readonly RunUnit[],
  records: readonly WireRecord[],
  failure: Failure | undefined,
): Step[] {
  const current = new Map<Party, StepId>();
  const closed = { setup: new ProtectedRecords(), earlier: new ProtectedRecords(), connection: new ProtectedRecords() };
  const byStep = new Map<StepId, RunUnit[]>();
  let underWay: StepId = 'certificate';
  for (const unit of units) {
    const { party, scope } = unit;
    const action = isEndpoint(party) ? closed[scope].readBy(party, unit.unit.action) : unit.unit.action;
    if (isEndpoint(party)) closed[scope].follow(party, unit.unit);
    const before = isEndpoint(party) ? (current.get(party) ?? 'certificate') : underWay;
    const place = stepOf({ action, party, scope }, options, action === 'plant_bytes' ? plantedAt(options) : before);
    // After a failure the same actions end the connection for another reason.
    const step = failure && place === 'close' ? 'alert' : place;
    // What is planted is nothing that the party does.
    if (action !== 'plant_bytes') {
      current.set(party, step);
      underWay = step;
    }
    byStep.set(step, [...(byStep.get(step) ?? []), unit]);
  }
  const order = [...byStep.keys()].toSorted((a, b) => rank(a, options) - rank(b, options));
  return order.map((id, index) => {
    const own = byStep.get(id) ?? [];
    const indices = new Set(own.map((unit) => unit.index));
    return {
      id,
      index,
      number: id === 'close' || id === 'alert' ? null : index + 1,
      lane: laneOf(id, own),
      units: [...indices],
      records: records.filter((record) => indices.has(record.sentBy)).map((record) => record.index),
    };
  });
}

function plantedAt({ plant }: RunOptions): StepId {
  return plant === undefined || plant === 'alert' ? 'close' : plant;
}

/** A message's step is its sender's; a computation's is that of whoever computes. Who listens has no part in it. */
function laneOf(id: StepId, all: readonly RunUnit[]): Step['lane'] {
  if (id === 'certificate') return 'authority';
  if (id === 'session') return 'both';
  const units = all.filter(({ party, unit }) => isEndpoint(party) && unit.action !== 'plant_bytes');
  const first = units[0]?.party ?? 'client';
  const parties = new Set(units.map((unit) => unit.party));
  if (parties.size < 2 || units.some((unit) => unit.unit.action.startsWith('send_') && id !== 'close')) {
    return units.find((unit) => unit.unit.action.startsWith('send_'))?.party ?? first;
  }
  return 'both';
}
