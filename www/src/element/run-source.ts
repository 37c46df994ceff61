/** The runs that the element shows: asks the parties for them, keeps them, and says what it is waiting for. */

import { words } from '../content';
import type { NetworkError } from '../network/errors';
import { Parties, type PartiesState } from '../network/parties';
import type { Run, RunOptions } from '../run/model';
import type { PartyAddresses, PartyImage } from '../run/search/scan';

const { ui } = words;

export type RunSourceState =
  | { readonly is: 'waiting'; readonly text: string }
  | { readonly is: 'ready' }
  | { readonly is: 'failed'; readonly text: string };

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
    if (!parties) throw new Error(ui.errors.closed);
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
        this.#onState({ is: 'waiting', text: ui.status.loading });
        break;
      case 'making keys':
        this.#onState({ is: 'waiting', text: ui.status.makingKey });
        break;
      case 'running':
        this.#onState({ is: 'waiting', text: ui.status.running });
        break;
      case 'searching':
        this.#onState({ is: 'waiting', text: ui.status.searching });
        break;
      case 'ready':
        // What is displayed, and when, follows from the run.
        if (this.#current) this.#onState({ is: 'ready' });
        break;
      case 'failed':
        // For whoever mends it: the reader gets the message.
        if (state.failure.code === 'internal') console.error(state.failure.stack);
        this.#onState({ is: 'failed', text: failureText(state.failure) });
        break;
    }
  }
}

function keyOf({ seed, ...options }: RunOptions): string {
  return JSON.stringify({ ...options, seed: seed && [...seed.bytes, seed.time] });
}

function failureText(failure: NetworkError['failure']): string {
  switch (failure.code) {
    case 'missing':
      return {
        WebAssembly: ui.errors.webassembly,
        Worker: ui.errors.workers,
        'crypto.subtle': ui.errors.subtle,
      }[failure.what];
    case 'module_load_failed':
      return ui.errors.module(failure.detail);
    case 'worker_crashed':
      return ui.errors.worker(failure.party, failure.detail);
    case 'search_crashed':
      return ui.errors.search(failure.detail);
    case 'bad_option':
    case 'stuck':
      return ui.errors.run(failure.detail);
    case 'internal':
      return ui.errors.internal(failure.detail);
    case 'closed':
      return '';
  }
}
