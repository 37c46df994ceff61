/** The reply that is read in a step: as it crossed the wire, and as its reader decrypted it. Pure functions. */

import { bufferAt, entryOf, layersOf } from './bytes';
import type { Run, Step, ValueName, WireRecord } from './model';
import { arrived } from './records';

export interface Reply {
  /** The bytes that arrived, headers included. */
  readonly encrypted: Uint8Array;
  /** The content, as its reader decrypted it. */
  readonly decrypted: Uint8Array;
  /** With which it did. */
  readonly key: ValueName;
}

/** What was read in a step that only reads; undefined in all others, and where what arrived could not be decrypted. */
export function replyRead(run: Run, step: Step): Reply | undefined {
  if (step.id !== 'read') return undefined;
  const records = recordsRead(run, step);
  const contents = records.flatMap((record) => contentOf(run, record) ?? []);
  const key = records[0]?.key;
  if (!key || contents.length < records.length) return undefined;
  return { encrypted: joined(records.map(arrived)), decrypted: joined(contents), key };
}

function recordsRead(run: Run, { units }: Step): readonly WireRecord[] {
  return run.records.filter(
    ({ contentType, receivedBy }) =>
      contentType === 'application_data' && receivedBy !== undefined && units.includes(receivedBy),
  );
}

function contentOf(run: Run, record: WireRecord): Uint8Array | undefined {
  const layers = layersOf(run, entryOf(record)).flatMap((ref) => bufferAt(run, ref) ?? []);
  return layers.find(({ kind }) => kind === 'content')?.bytes;
}

function joined(all: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(all.flatMap((bytes) => [...bytes]));
}
