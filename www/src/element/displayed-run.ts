/** The run that the element displays: asks a source for it, keeps those it has had, and says what it is waiting for. */

import { NetworkError, type NetworkFailure } from '../network/errors';
import type { OpenSource, RunSource, SourceState } from '../network/source';
import type { Run, RunOptions } from '../run/model';
import type { PartyAddresses, PartyImage } from '../run/search/scan';
import { nextTask } from './shared/next-task';

export type DisplayState =
  | { readonly is: 'waiting'; readonly for: 'loading' | 'making keys' | 'running' | 'searching' }
  | { readonly is: 'ready' }
  | { readonly is: 'failed'; readonly failure: NetworkFailure };

export class DisplayedRun {
  readonly #openSource: OpenSource;
  readonly #onState: (state: DisplayState) => void;
  readonly #kept = new Map<string, Run>();
  #source: Promise<RunSource> | undefined;
  #wanted: RunOptions | undefined;
  #current: Run | undefined;

  constructor(openSource: OpenSource, onState: (state: DisplayState) => void) {
    this.#openSource = openSource;
    this.#onState = onState;
  }

  /** The run on display: while another one is being made, the one before. */
  get current(): Run | undefined {
    return this.#current;
  }

  /** Opens the source, or opens it again after a failure. */
  open(): void {
    this.#source = this.#openSource((state) => this.#onSource(state));
    // Its failure is reported as a state, too.
    this.#source.catch(() => {});
    if (this.#wanted) this.#make(this.#wanted);
  }

  close(): void {
    this.#source?.then(
      (source) => source.close(),
      () => {},
    );
    this.#source = undefined;
  }

  /** Shows the run of these options: the one it has, or else a new one. */
  show(options: RunOptions): void {
    if (this.#wanted && keyOf(this.#wanted) === keyOf(options)) return;
    this.#wanted = options;
    const kept = this.#kept.get(keyOf(options));
    if (kept) this.#display(kept);
    else if (this.#source) this.#make(options);
  }

  /** Whether the run on display is the one of these options. */
  shows(options: RunOptions): boolean {
    return this.#current !== undefined && keyOf(this.#current.options) === keyOf(options);
  }

  /** Where these bytes are in these memories. */
  async find(images: readonly PartyImage[], needle: Uint8Array): Promise<readonly PartyAddresses[]> {
    const source = await this.#source;
    if (!source) throw new NetworkError({ code: 'closed' });
    return source.find(images, needle);
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
    this.#source?.then((source) => source.newServerKey(options.certificate)).catch(() => {});
    this.#make(options);
  }

  async #make(options: RunOptions): Promise<void> {
    try {
      const run = await (await this.#source)?.run(options);
      if (!run) return;
      // The run arrived in this task; drawing it is one of its own.
      await nextTask();
      // A run that something was done to is for once: the next one is made anew.
      if (options.interventions.length === 0) this.#kept.set(keyOf(options), run);
      if (this.#wanted && keyOf(this.#wanted) === keyOf(options)) this.#display(run);
    } catch {
      // The source has reported it.
    }
  }

  #display(run: Run): void {
    this.#current = run;
    this.#onState({ is: 'ready' });
  }

  #onSource(state: SourceState): void {
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
