/** Buffers as the byte view shows them: their fields, and how one layer of bytes leads to the next. Pure functions. */

import {
  type BufferRef,
  bufferKey,
  type Field,
  type FieldName,
  type Run,
  refIn,
  type SliceRef,
  type Step,
  sliceIn,
  type TraceBuffer,
  type WireRecord,
} from './model';
import { perRun } from './per-run';
import { unitsOf } from './values';

/** A field without parts, with the names of the fields around it, outermost first, itself last. */
export interface Leaf {
  readonly field: Field;
  readonly path: readonly FieldName[];
}

/** Bytes here that are, or carry, or decrypt to, bytes of another layer. */
export interface Link {
  readonly from: SliceRef;
  readonly to: SliceRef;
}

export function bufferAt(run: Run, ref: BufferRef): TraceBuffer | undefined {
  // What a party did before the connection may be named by what it does in it, such as a certificate it sends.
  return run.buffers.get(bufferKey(ref)) ?? run.buffers.get(bufferKey({ ...ref, scope: 'setup' }));
}

/** All leaves, in the order of their bytes. They tile the buffer. */
export function leaves(fields: readonly Field[], path: readonly FieldName[] = []): readonly Leaf[] {
  return fields.flatMap((field) => {
    const here = [...path, field.name];
    return field.children.length > 0 ? leaves(field.children, here) : [{ field, path: here }];
  });
}

/** The first field of this name, in the order of the bytes. */
export function findField(fields: readonly Field[], name: FieldName): Field | undefined {
  for (const field of fields) {
    const found = field.name === name ? field : findField(field.children, name);
    if (found) return found;
  }
  return undefined;
}

/** The layers that this buffer's bytes lead to: a record's content, its handshake messages, their certificates. */
export function layersAbove(run: Run, ref: BufferRef): readonly Link[] {
  return linksOf(run).filter((link) => sameBuffer(link.from.buffer, ref));
}

/** The layers that this buffer's bytes came from. */
export function layersBelow(run: Run, ref: BufferRef): readonly Link[] {
  return linksOf(run).filter((link) => sameBuffer(link.to.buffer, ref));
}

export function sameBuffer(a: BufferRef, b: BufferRef): boolean {
  return a.party === b.party && a.id === b.id && a.scope === b.scope;
}

const linksOf = perRun((run): readonly Link[] =>
  run.units.flatMap((unit) =>
    unit.unit.events.flatMap((event) => {
      if (event.type !== 'buffer') return [];
      const ref = { party: unit.party, scope: unit.scope, id: event.buffer.id };
      return linksOfBuffer(ref, event.buffer);
    }),
  ),
);

function linksOfBuffer(ref: BufferRef, buffer: TraceBuffer): Link[] {
  const links: Link[] = [];
  const whole = (start: number, end: number): SliceRef => ({ buffer: ref, start, end });
  const sourceLength = buffer.source.reduce((sum, slice) => sum + slice.end - slice.start, 0);
  let at = 0;
  for (const slice of buffer.source) {
    const end = at + slice.end - slice.start;
    // Decrypted bytes are fewer than the encrypted ones: there is no byte-to-byte correspondence to show.
    const to = sourceLength === buffer.bytes.length ? whole(at, end) : whole(0, buffer.bytes.length);
    links.push({ from: sliceIn(ref, slice), to });
    at = end;
  }
  if (buffer.carries) {
    const payload = findField(buffer.fields, 'fragment') ?? findField(buffer.fields, 'encrypted_content');
    const from = whole(payload?.start ?? 0, payload?.end ?? buffer.bytes.length);
    links.push({ from, to: sliceIn(ref, buffer.carries) });
  }
  return links;
}

/** The buffer through which a record is looked into: as it was received, where all its layers were taken apart. */
export function entryOf(record: WireRecord): BufferRef {
  return record.received ?? record.sent;
}

/** What of a record opens first: the handshake message that is in it, with the record as the layer around it; else the record. */
export function opensFirst(run: Run, record: WireRecord): BufferRef {
  const entry = entryOf(record);
  return layersOf(run, entry).find((layer) => bufferAt(run, layer)?.kind === 'handshake') ?? entry;
}

/** What a step has to show as bytes: what its first record opens with, or what was made in it without crossing the wire. */
export function bytesOfStep(run: Run, step: Step): BufferRef | undefined {
  const record = run.records[step.records[0] ?? -1];
  return record ? opensFirst(run, record) : otherBuffers(run, step)[0];
}

/** Bytes of a step that did not cross the wire: a certificate and the request for it. */
export function otherBuffers(run: Run, step: Step): readonly BufferRef[] {
  if (step.records.length > 0) return [];
  return unitsOf(run, step).flatMap((unit) =>
    unit.unit.events.flatMap((event) =>
      event.type === 'buffer' && unit.scope === 'setup' ? [refIn(unit, event.buffer.id)] : [],
    ),
  );
}

/** A buffer's lowest layer and all above it, in the order in which one leads to the next. */
export function layersOf(run: Run, ref: BufferRef): readonly BufferRef[] {
  const found: BufferRef[] = [];
  const visit = (layer: BufferRef): void => {
    if (found.some((known) => sameBuffer(known, layer)) || !bufferAt(run, layer)) return;
    found.push(layer);
    for (const link of layersAbove(run, layer)) visit(link.to.buffer);
  };
  visit(bottomOf(run, ref));
  return found;
}

function bottomOf(run: Run, ref: BufferRef, depth = 0): BufferRef {
  const below = layersBelow(run, ref)[0];
  return below && depth < 8 ? bottomOf(run, below.from.buffer, depth + 1) : ref;
}

/** Whom a certificate is for: the last part of its subject's name. */
export function subjectOf(fields: readonly Field[]): string | undefined {
  for (const field of fields) {
    const found = field.name === 'subject' ? lastText(field.children) : subjectOf(field.children);
    if (found) return found;
  }
  return undefined;
}

function lastText(fields: readonly Field[]): string | undefined {
  return fields.reduce<string | undefined>((last, field) => {
    const own = field.name === 'AttributeValue' && field.value?.kind === 'text' ? field.value.text : undefined;
    return lastText(field.children) ?? own ?? last;
  }, undefined);
}
