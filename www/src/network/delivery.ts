/**
 * Delivers what client and server send to each other: past Eve, who hears it, to the other side, unless something is done to it on
 * the way. Each record has a number from when it is sent, and the log says what became of it.
 */

import type { Action, Advanced } from '../../pkg/tls_glass.js';
import type { Endpoint, Fate, RunOptions, Scope, StepRef, TraceBuffer } from '../run/model';
import { ENDPOINTS } from '../run/model';
import { arrived } from '../run/records';
import { RecordInterventions } from './interventions';
import type { PartyLinks } from './party-hosts';
import type { Recorder } from './recorder';

/** Who hears of what arrives. */
export interface Arrivals {
  /** As many bytes have arrived, in the place of a record that was sent by this action. */
  readonly record: (to: Endpoint, length: number, sentBy: Action) => void;
  /** Something has arrived: what that side would do now. */
  readonly next: (to: Endpoint, next: Action | undefined) => void;
}

export class Delivery {
  readonly #recorder: Recorder;
  readonly #links: PartyLinks;
  readonly #scope: Scope;
  readonly #interventions: RecordInterventions;
  readonly #arrivals: Arrivals;
  /** The sides for which the transport has ended: nothing arrives there any more. */
  readonly #ended = new Set<Endpoint>();

  constructor(recorder: Recorder, links: PartyLinks, options: RunOptions, scope: Scope, arrivals: Arrivals) {
    this.#recorder = recorder;
    this.#links = links;
    this.#scope = scope;
    this.#interventions = new RecordInterventions(options);
    this.#arrivals = arrivals;
  }

  /** Carries what a unit put on the wire, record by record. */
  async carry(from: Endpoint, step: StepRef, advanced: Advanced): Promise<void> {
    for (const record of recordsIn(advanced)) await this.#carryRecord(from, step, record, advanced.unit.action);
  }

  /** A side has closed its end of the transport: the other one is told that nothing follows. */
  async close(from: Endpoint): Promise<void> {
    await this.#end(other(from));
  }

  async #carryRecord(from: Endpoint, step: StepRef, { id, bytes }: TraceBuffer, sentBy: Action): Promise<void> {
    const to = other(from);
    const number = this.#recorder.numberRecord();
    await this.#pass(from, bytes);
    const asked = this.#interventions.next(from, step, bytes);
    const fate: Fate = this.#ended.has(to) ? { is: 'dropped' } : asked.fate;
    const sent = { party: from, scope: this.#scope, id };
    this.#recorder.addDelivery({ record: number, from, to, sent, by: 'network', fate });
    const arriving = arrived({ bytes, fate });
    if (arriving.length > 0) {
      const next = await this.#links[to].receive(arriving);
      this.#arrivals.record(to, arriving.length, sentBy);
      this.#arrivals.next(to, next);
    }
    if (asked.ends) for (const party of ENDPOINTS) await this.#end(party);
  }

  /** All that is sent passes Eve first. */
  async #pass(from: Endpoint, bytes: Uint8Array): Promise<void> {
    const { eavesdropper } = this.#links;
    await eavesdropper.overhear(from, bytes);
    for (let kept = await eavesdropper.advance(); kept; kept = await eavesdropper.advance()) {
      await this.#recorder.addUnit('eavesdropper', this.#scope, kept);
    }
  }

  async #end(to: Endpoint): Promise<void> {
    if (this.#ended.has(to)) return;
    this.#ended.add(to);
    this.#arrivals.next(to, await this.#links[to].receiveEnd());
  }
}

function other(party: Endpoint): Endpoint {
  return party === 'client' ? 'server' : 'client';
}

/** The records that a unit sent. They are its output, whole: what is no record would be lost. */
function recordsIn({ unit, output }: Advanced): readonly TraceBuffer[] {
  const sent = unit.events.flatMap((event) =>
    event.type === 'record' && event.direction === 'sent' ? [event.buffer] : [],
  );
  const records = unit.events.flatMap((event) =>
    event.type === 'buffer' && sent.includes(event.buffer.id) ? [event.buffer] : [],
  );
  const length = records.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (length !== output.length)
    throw new Error(`${unit.action} put ${output.length} bytes out, and records of ${length}`);
  return records;
}
