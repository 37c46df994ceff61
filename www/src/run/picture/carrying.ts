/** Messages, and the values of the run that are in them. Pure functions. */

import { bufferAt } from '../bytes';
import { contains, placeOf } from '../compare';
import type { RecordMessage, Run, Step, Value, ValueKind, WireRecord } from '../model';
import { there } from '../there';
import { isOpen, lastUnit, SHORTEST, sightings } from '../values';
import { reading } from '../wire';
import { keptIn } from './keeping';
import type { Carried, Carrying } from './model';

/** What a message is made of is not what it carries, nor what is computed over several messages. */
const KINDS: readonly ValueKind[] = ['public', 'public_key', 'certificate'];

export function carrying(run: Run, step: Step): Carrying | undefined {
  const messages = step.records.flatMap((index) => {
    const record = there(`record ${index}`, run.records[index]);
    return record.messages.flatMap((message) => carried(run, step, record, message) ?? []);
  });
  // The private half of a pair whose public half is sent; a ticket is no secret.
  const stays = keptIn(run, step).filter(({ value }) => !isOpen(value.kind));
  return messages.length > 0 ? { is: 'carrying', messages, stays } : undefined;
}

function carried(run: Run, step: Step, record: WireRecord, message: RecordMessage): Carried | undefined {
  if (record.protection === 'app') return undefined;
  const buffer = bufferAt(run, message.buffer);
  const values = buffer ? valuesIn(run, step, buffer.bytes) : [];
  return values.length > 0 ? { record: record.index, values, reading: reading(run, record) } : undefined;
}

/** Each value once, in the order of the message; of what lies within another value, a public key only. */
function valuesIn(run: Run, step: Step, bytes: Uint8Array): readonly Value[] {
  const found = new Map<string, Value>();
  for (const { value, unit } of sightings(run)) {
    if (unit > lastUnit(step) || !KINDS.includes(value.kind)) continue;
    const own = bytesOf(value);
    if (own.length >= SHORTEST && own.length < bytes.length && contains(bytes, own)) found.set(value.name, value);
  }
  const all = [...found.values()];
  const within = (value: Value) => all.some((other) => other !== value && contains(bytesOf(other), bytesOf(value)));
  return all
    .filter((value) => value.kind === 'public_key' || !within(value))
    .toSorted((a, b) => placeOf(bytes, bytesOf(a)) - placeOf(bytes, bytesOf(b)));
}

function bytesOf({ parts: [part] }: Value): Uint8Array {
  return part?.bytes ?? new Uint8Array();
}
