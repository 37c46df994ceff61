/** Which layers of bytes belong together: record, decrypted content, handshake message, certificates. Pure functions. */

import { bufferAt, layersAbove, layersBelow, sameBuffer } from '../run/bytes';
import { type BufferRef, type Field, type Run, refIn, type Step, type WireRecord } from '../run/model';
import { unitsOf } from '../run/values';

/** The buffer through which a record is looked into: as it was received, where all its layers were taken apart. */
export function entryOf(record: WireRecord): BufferRef {
  return record.received ?? record.sent;
}

/** What a step has to show as bytes: its first record, or what was made in it without crossing the wire. */
export function bytesOfStep(run: Run, step: Step): BufferRef | undefined {
  const record = run.records[step.records[0] ?? -1];
  return record ? entryOf(record) : otherBuffers(run, step)[0];
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
