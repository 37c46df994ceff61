/** The runs that the element shows: asks the parties for them, keeps them, and says what it is waiting for. */

import { NetworkError, type NetworkFailure } from '../network/errors';
import { Parties, type PartiesState } from '../network/parties';
import type { Run, RunOptions } from '../run/model';
import type { PartyAddresses, PartyImage } from '../run/search/scan';

export type RunSourceState =
  | { readonly is: 'waiting'; readonly for: 'loading' | 'making keys' | 'running' | 'searching' }
  | { readonly is: 'ready' }
  | { readonly is: 'failed'; readonly failure: NetworkFailure };

export class RunSource {
  readonly #onState: (state: RunSourceState) => void;
  readonly #kept = new Map<string, Run>();
  #parties: Promise<Parties> | undefined;
  #wanted: RunOptions | undefined;
  #current: Run | undefined;

  constructor(onState: (state: RunSourceState) => void) {
    this.#onState = onState;
  }

  /** The run on display: while another one is being made, the one before. */
  get current(): Run | undefined {
    return this.#current;
  }

  /** Starts the parties, or starts it again after a failure. */
  open(): void {
    this.#parties = Parties.open((state) => this.#onParties(state));
    // Parties.open reports its failure as a state, too.
    this.#parties.catch(() => {});
    if (this.#wanted) this.#make(this.#wanted);
  }

  close(): void {
    this.#parties?.then(
      (parties) => parties.close(),
      () => {},
    );
    this.#parties = undefined;
  }

  /** Shows the run of these options: the one it has, or else a new one. */
  show(options: RunOptions): void {
    if (this.#wanted && keyOf(this.#wanted) === keyOf(options)) return;
    this.#wanted = options;
    const kept = this.#kept.get(keyOf(options));
    if (kept) this.#display(kept);
    else if (this.#parties) this.#make(options);
  }

  /** Whether the run on display is the one of these options. */
  shows(options: RunOptions): boolean {
    return this.#current !== undefined && keyOf(this.#current.options) === keyOf(options);
  }

  /** Where these bytes are in these memories. */
  async find(images: readonly PartyImage[], needle: Uint8Array): Promise<readonly PartyAddresses[]> {
    const parties = await this.#parties;
    if (!parties) throw new NetworkError({ code: 'closed' });
    return parties.find(images, needle);
  }

  /** A new connection between the same parties. */
  again(options: RunOptions): void {
    this.#wanted = options;
    this.#make(options);
  }

  /** A new key pair for the server, and a new connection. */
  newServerKey(options: RunOptions): void {
    this.#wanted = options;
    this.#kept.clear();
    this.#parties?.then((parties) => parties.newServerKey(options.certificate)).catch(() => {});
    this.#make(options);
  }

  async #make(options: RunOptions): Promise<void> {
    try {
      const run = await (await this.#parties)?.run(options);
      if (!run) return;
      // The run was put together in this task; drawing it is one of its own, so that the page answers in between.
      await nextTask();
      // A run with a planted key is for once: the next one is made anew.
      if (!options.plant) this.#kept.set(keyOf(options), run);
      if (this.#wanted && keyOf(this.#wanted) === keyOf(options)) this.#display(run);
    } catch {
      // Parties has reported it.
    }
  }

  #display(run: Run): void {
    this.#current = run;
    this.#onState({ is: 'ready' });
  }

  #onParties(state: PartiesState): void {
    switch (state.is) {
      case 'loading':
      case 'making keys':
      case 'running':
      case 'searching':
        this.#onState({ is: 'waiting', for: state.is });
        break;
      case 'ready':
        // What is displayed, and when, follows from the run.
        if (this.#current) this.#onState({ is: 'ready' });
        break;
      case 'failed':
        // For whoever mends it: the reader gets the message.
        if (state.failure.code === 'internal') console.error(state.failure.stack);
        this.#onState({ is: 'failed', failure: state.failure });
        break;
    }
  }
}

function keyOf({ seed, ...options }: RunOptions): string {
  return JSON.stringify({ ...options, seed: seed && [...seed.bytes, seed.time] });
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
