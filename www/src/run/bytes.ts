/** Buffers as the byte view shows them: their fields, and how one layer of bytes leads to the next. Pure functions. */

import type { BufferRef, Field, FieldName, Run, SliceRef, TraceBuffer } from './model';
import { bufferKey, sliceIn } from './model';
import { perRun } from './per-run';

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
