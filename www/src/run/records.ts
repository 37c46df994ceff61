/** The records of a run: as they were sent, as they arrived, and as they were read. Pure functions. */

import { findField } from './bytes';
import { isAt } from './compare';
import { deliveriesIn, type LogEntry, numbered, unitsIn } from './log';
import type {
  BufferRef,
  Delivery,
  Endpoint,
  Fate,
  MessageName,
  Protection,
  RecordMessage,
  RunUnit,
  Scope,
  Slice,
  TraceBuffer,
  TraceEvent,
  WireRecord,
} from './model';
import { bufferKey, ENDPOINTS, isMessageName, refIn } from './model';

export type Buffers = ReadonlyMap<string, TraceBuffer>;

/** All buffers that these units made. */
export function buffersOf(units: readonly RunUnit[]): Buffers {
  return new Map(
    units.flatMap((unit) =>
      unit.unit.events.flatMap((event): [string, TraceBuffer][] =>
        event.type === 'buffer' ? [[bufferKey(refIn(unit, event.buffer.id)), event.buffer]] : [],
      ),
    ),
  );
}

/** All records that were sent, in their order. */
export function recordsOf(log: readonly LogEntry[]): readonly WireRecord[] {
  const units = numbered(unitsIn(log));
  return wireRecords(log, units, buffersOf(units));
}

export function wireRecords(log: readonly LogEntry[], units: readonly RunUnit[], buffers: Buffers): WireRecord[] {
  const sides = sidesOf(units, buffers);
  const records = deliveriesIn(log).map((delivery, index) => {
    if (delivery.record !== index) throw new Error(`record ${delivery.record} is in the log as number ${index}`);
    return recordOf(delivery, sides, buffers);
  });
  return readings(records, sides);
}

/** What was on the wire in a record's place when it arrived. */
export function arrived({ bytes, fate }: { readonly bytes: Uint8Array; readonly fate: Fate }): Uint8Array {
  switch (fate.is) {
    case 'delivered':
      return bytes;
    case 'altered':
      return fate.bytes;
    case 'dropped':
      return new Uint8Array();
  }
}

type RecordEvent = Extract<TraceEvent, { type: 'record' }>;

/** A record as one side reported it. */
interface Side {
  readonly unit: RunUnit;
  readonly event: RecordEvent;
  readonly ref: BufferRef;
  readonly buffer: TraceBuffer;
}

function sidesOf(units: readonly RunUnit[], buffers: Buffers): readonly Side[] {
  return units.flatMap((unit) =>
    unit.unit.events.flatMap((event) => {
      if (event.type !== 'record') return [];
      const ref = refIn(unit, event.buffer);
      return [{ unit, event, ref, buffer: bufferIn(buffers, ref) }];
    }),
  );
}

function bufferIn(buffers: Buffers, ref: BufferRef): TraceBuffer {
  const buffer = buffers.get(bufferKey(ref));
  if (!buffer) throw new Error(`there is no buffer ${bufferKey(ref)}`);
  return buffer;
}

/** A record that nobody has read yet. */
function recordOf(delivery: Delivery, sides: readonly Side[], buffers: Buffers): WireRecord {
  const { record: index, from, to, sent: ref, by, fate } = delivery;
  const sent = sides.find((side) => bufferKey(side.ref) === bufferKey(ref));
  if (!sent) throw new Error(`nobody sent record ${index}`);
  return {
    index,
    from,
    to,
    bytes: sent.buffer.bytes,
    by,
    fate,
    contentType: sent.event.contentType,
    messages: messagesOf(sent),
    protection: protectionOf(sent, buffers),
    key: sent.event.protection,
    sent: ref,
    sentBy: sent.unit.index,
    received: undefined,
    receivedBy: undefined,
  };
}

/**
 * The same records, with who read them. What arrives at one side of a connection is one stream of bytes, and what that side reads
 * tiles it: so the record that was read at a place is the one whose bytes arrived there.
 */
function readings(records: readonly WireRecord[], sides: readonly Side[]): WireRecord[] {
  const readers = new Map<number, Side>();
  const received = sides.filter(({ event }) => event.direction === 'received');
  for (const { scope, to, bytes, starts } of streamsOf(records)) {
    let at = 0;
    for (const side of received.filter(({ unit }) => unit.party === to && unit.scope === scope)) {
      const read = side.buffer.bytes;
      if (!isAt(bytes, at, read)) throw new Error(`the ${to} read other bytes than those that arrived at ${at}`);
      const record = starts.get(at);
      if (record) readers.set(record.index, side);
      at += read.length;
    }
  }
  return records.map((record) => {
    const side = readers.get(record.index);
    return { ...record, received: side?.ref, receivedBy: side?.unit.index };
  });
}

/** All bytes that arrive at one side of a connection. */
interface Stream {
  readonly scope: Scope;
  readonly to: Endpoint;
  readonly bytes: Uint8Array;
  /** Where in it each record begins that arrived. */
  readonly starts: ReadonlyMap<number, WireRecord>;
}

function streamsOf(records: readonly WireRecord[]): readonly Stream[] {
  const scopes = [...new Set(records.map(({ sent }) => sent.scope))];
  return scopes.flatMap((scope) =>
    ENDPOINTS.map((to) => {
      const here = records.filter(({ sent, to: receiver, fate }) => {
        return sent.scope === scope && receiver === to && fate.is !== 'dropped';
      });
      const starts = new Map<number, WireRecord>();
      let length = 0;
      for (const record of here) {
        starts.set(length, record);
        length += arrived(record).length;
      }
      const bytes = new Uint8Array(length);
      for (const [start, record] of starts) bytes.set(arrived(record), start);
      return { scope, to, bytes, starts };
    }),
  );
}

function messagesOf({ unit, event, ref, buffer }: Side): RecordMessage[] {
  if (event.contentType !== 'handshake') {
    const name = event.contentType;
    return isMessageName(name) ? [{ name, buffer: carried(unit, buffer.carries) ?? ref }] : [];
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

function isCarriedBy(record: TraceBuffer, message: number): boolean {
  return !record.carries || record.carries.buffer === message;
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
