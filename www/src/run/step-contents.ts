/** What a step works with: the messages that it takes values from, and the values that it uses, makes and erases. Pure functions. */

import { isOwn } from './assemble';
import { bufferAt, entryOf, findField } from './bytes';
import { contains, type SharedValue, sameValue, together } from './compare';
import type { BufferRef, Party, Run, Step, Value, ValueName, WireRecord } from './model';
import { computationsOf, erasedIn, findValue, lastUnit, SHORTEST, unitsOf } from './values';

export interface StepContents {
  /** The messages that its inputs are in, or that its inputs consist of; of encrypted ones the record. */
  readonly messages: readonly BufferRef[];
  /** Inputs of its computations that it did not make itself. */
  readonly used: readonly SharedValue[];
  /** Outputs of its computations. */
  readonly made: readonly SharedValue[];
  /** As they were before. */
  readonly erased: readonly SharedValue[];
}

export function contentsOf(run: Run, step: Step): StepContents {
  const computed = computationsOf(run, step);
  const inputs = computed.flatMap(({ unit, computation }) =>
    computation.inputs.map((value) => ({ party: unit.party, value })),
  );
  const outputs = computed.flatMap(({ unit, computation }) =>
    computation.outputs.map((value) => ({ party: unit.party, value })),
  );
  const made = together(outputs);
  const isMade = ({ value }: Held) => made.some((other) => sameValue(other.value, value));
  const erased = erasedIn(run, step).flatMap(({ party, name }) => {
    const value = findValue(run, name, { party, unit: lastUnit(step) });
    return value ? [{ party, value }] : [];
  });
  return {
    messages: messagesWith(
      run,
      step,
      inputs.map(({ value }) => value),
    ),
    used: together(inputs.filter((input) => !isMade(input))),
    made,
    erased: together(erased),
  };
}

interface Held {
  readonly party: Party;
  readonly value: Value;
}

/** Of all that had crossed the wire by then in the same connection. */
function messagesWith(run: Run, step: Step, inputs: readonly Value[]): readonly BufferRef[] {
  const needles = inputs.flatMap(({ name, parts }) =>
    parts.flatMap(({ bytes }) => (bytes.length >= SHORTEST ? [{ name, bytes }] : [])),
  );
  const isEarlier = unitsOf(run, step).every(({ scope }) => scope === 'earlier');
  return run.records
    .filter((record) => record.sentBy <= lastUnit(step) && isOwn(record) !== isEarlier)
    .flatMap((record) => messagesIn(run, record, needles));
}

interface Needle {
  readonly name: ValueName;
  readonly bytes: Uint8Array;
}

function messagesIn(run: Run, record: WireRecord, needles: readonly Needle[]): readonly BufferRef[] {
  const messages = record.messages.map(({ buffer }) => buffer).filter((buffer) => gives(run, buffer, needles));
  const whole = entryOf(record);
  return messages.length > 0 || !gives(run, whole, needles) ? messages : [whole];
}

/** Whether a value is in these bytes, or they in a value. */
function gives(run: Run, ref: BufferRef, needles: readonly Needle[]): boolean {
  const buffer = bufferAt(run, ref);
  if (!buffer) return false;
  const { bytes, fields } = buffer;
  // What is signed begins with both randoms, and is in no message as a whole.
  const random = findField(fields, 'random');
  const drawn = random && bytes.subarray(random.start, random.end);
  return needles.some(
    (needle) =>
      contains(bytes, needle.bytes) ||
      contains(needle.bytes, bytes) ||
      (drawn !== undefined && needle.name === 'signed_params' && contains(needle.bytes, drawn)),
  );
}
