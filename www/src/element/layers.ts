/** Which layers of bytes belong together: record, decrypted content, handshake message, certificates. Pure functions. */

import { bufferAt, layersAbove, layersBelow, sameBuffer } from '../run/bytes';
import type { BufferRef, Field, Run, WireRecord } from '../run/model';

/** The buffer through which a record is looked into: as it was received, where all its layers were taken apart. */
export function entryOf(record: WireRecord): BufferRef {
  return record.received ?? record.sent;
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
