/** What is done to a run from outside, as its options ask for it. */

import type { LoggedUnit } from '../run/log';
import type { Endpoint, Fate, Intervention, RecordAddress, RunOptions, StepRef } from '../run/model';
import { isSameStep } from '../run/step-ref';
import type { ClientLink } from './party-hosts';
import { plant } from './plant';
import type { Recorder } from './recorder';

/** Puts the server's private key into the client's memory, if that is asked for at the beginning of this step. */
export async function plantAt(
  step: StepRef,
  { interventions }: RunOptions,
  recorder: Recorder,
  client: ClientLink,
  scope: LoggedUnit['scope'],
): Promise<void> {
  if (interventions.some((each) => each.is === 'plant' && isSameStep(each.at, step))) {
    await plant(recorder, client, scope);
  }
}

/** Says of each record what is to become of it. Records are told apart by who sends them in which step, and in which order. */
export class RecordInterventions {
  readonly #interventions: readonly Intervention[];
  readonly #sent = new Map<string, number>();

  constructor({ interventions }: RunOptions) {
    this.#interventions = interventions;
  }

  /** What becomes of the next record that this side sends in this step, and whether the transport ends behind it. */
  next(from: Endpoint, step: StepRef, bytes: Uint8Array): { readonly fate: Fate; readonly ends: boolean } {
    const key = `${from} ${step.id} ${step.occurrence}`;
    const nth = (this.#sent.get(key) ?? 0) + 1;
    this.#sent.set(key, nth);
    const isIt = (record: RecordAddress) => {
      return record.from === from && isSameStep(record.at, step) && record.nth === nth;
    };
    let fate: Fate = { is: 'delivered' };
    let ends = false;
    for (const each of this.#interventions) {
      if (each.is === 'drop' && isIt(each.record)) fate = { is: 'dropped' };
      if (each.is === 'alter' && isIt(each.record)) fate = { is: 'altered', bytes: withByte(bytes, each) };
      if (each.is === 'cut' && isIt(each.after)) ends = true;
    }
    return { fate, ends };
  }
}

function withByte(
  bytes: Uint8Array,
  { offset, mask }: { readonly offset: number; readonly mask: number },
): Uint8Array<ArrayBuffer> {
  const at = offset < 0 ? bytes.length + offset : offset;
  const before = bytes[at];
  if (before === undefined) throw new Error(`a record of ${bytes.length} bytes has no byte ${offset} to alter`);
  const altered = Uint8Array.from(bytes);
  altered[at] = before ^ mask;
  return altered;
}
