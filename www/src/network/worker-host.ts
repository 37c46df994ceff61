/**
 * A party beside its WebAssembly instance: what runs in a party's worker.
 *
 * After every call the stack is overwritten. A finished call leaves its locals behind below the top of the stack, and a
 * search of this memory is to find what the party holds, not what a call left.
 */

import { transfer } from 'comlink';
import type { Environment, Holding, InitOutput } from '../../pkg/tls_glass.js';
import type { Snapshot } from '../run/memory';
import { type PartyMemory, Snapshots } from './snapshots';

/** The generated binding to one instance of the module. */
export type Glue = typeof import('../../pkg/tls_glass.js');

/** How an error crosses from worker to page: an error's name and message are all that survives. */
export const CRASHED = 'PartyCrashed';
export const REFUSED = 'OptionRefused';

/** The host of one party: it makes the instance and the party, and hands out what changed in the memory. */
export abstract class WorkerHost<P extends { free(): void; holdings(): Holding[] }> {
  readonly #glue: Glue;
  #instance: PartyMemory | undefined;
  #snapshots: Snapshots | undefined;
  #party: P | undefined;
  /** Why this instance must not be used any more. */
  #crash: Error | undefined;

  constructor(glue: Glue) {
    this.#glue = glue;
  }

  /** Makes the one instance of this worker. */
  load(module: WebAssembly.Module): void {
    const exports = this.#started(module);
    this.#instance = { memory: exports.memory, stackTop: stackTopOf(exports), heapBase: exports.heapBase() };
    this.#snapshots = new Snapshots(this.#instance);
    this.#wipeStack();
  }

  /** A new party in the place of the one before, whose secrets are overwritten. */
  create(environment: Environment): void {
    this.dispose();
    this.#party = this.#guarded(() => this.make(this.#glue, environment));
  }

  dispose(): void {
    const party = this.#party;
    this.#party = undefined;
    if (party) this.#guarded(() => party.free());
  }

  get isCreated(): boolean {
    return this.#party !== undefined;
  }

  holdings(): Holding[] {
    return this.call((party) => party.holdings());
  }

  /** What changed in this memory since the last snapshot. The stack is left out: it was overwritten after the last call. */
  snapshot(): Snapshot {
    if (this.#crash) throw this.#crash;
    if (!this.#snapshots) throw named(CRASHED, 'no module was loaded');
    const snapshot = this.#snapshots.take();
    return transfer(snapshot, [snapshot.bytes.buffer]);
  }

  /** This memory, for who looks into it from here. */
  get inside(): PartyMemory {
    if (!this.#instance) throw named(CRASHED, 'no module was loaded');
    return this.#instance;
  }

  #started(module: WebAssembly.Module): InitOutput {
    try {
      return this.#glue.initSync({ module });
    } catch (error) {
      throw named(CRASHED, error instanceof Error ? error.message : String(error));
    }
  }

  protected abstract make(glue: Glue, environment: Environment): P;

  protected call<T>(work: (party: P) => T): T {
    const party = this.#party;
    if (!party) throw named(CRASHED, 'no party was created');
    return this.#guarded(() => work(party));
  }

  #guarded<T>(work: () => T): T {
    if (this.#crash) throw this.#crash;
    try {
      return work();
    } catch (error) {
      const known = explained(error);
      if (known.name === CRASHED) this.#crash = known;
      throw known;
    } finally {
      this.#wipeStack();
    }
  }

  #wipeStack(): void {
    const { memory, stackTop } = this.inside;
    new Uint8Array(memory.buffer, 0, stackTop).fill(0);
  }
}

/** The linker exports the stack pointer; between calls it stands at the top of the stack, which begins at address 0. */
function stackTopOf(exports: InitOutput): number {
  const pointer: unknown = Reflect.get(exports, '__stack_pointer');
  if (!(pointer instanceof WebAssembly.Global)) throw named(CRASHED, 'the module does not export __stack_pointer');
  return Number(pointer.value);
}

/** A panic or a trap ends the instance; any other error is an option that was refused. */
function explained(error: unknown): Error {
  if (error instanceof WebAssembly.RuntimeError) return named(CRASHED, error.message);
  if (!(error instanceof Error)) return named(CRASHED, String(error));
  return named(error.name === 'Panic' ? CRASHED : REFUSED, error.message);
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
