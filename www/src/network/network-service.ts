/** What the page asks of the worker in which its runs are made. */

import type { CertificateType, Run, RunOptions } from '../run/model';
import { failureOf, type NetworkFailure } from './errors';
import { Parties } from './parties';
import type { SourceState } from './source';

/** Of an error that is thrown across, only its name and message would arrive. */
export type Answer<T> =
  | { readonly is: 'given'; readonly value: T }
  | { readonly is: 'failed'; readonly failure: NetworkFailure };

export class NetworkService {
  readonly #parties: Parties;
  #load: (module: WebAssembly.Module) => void = () => {};
  #onState: (state: SourceState) => void = () => {};

  constructor() {
    const module = new Promise<WebAssembly.Module>((resolve) => {
      this.#load = resolve;
    });
    this.#parties = new Parties(module, (state) => this.#onState(state));
  }

  /** The parties start as soon as they are needed, and wait for this. */
  load(module: WebAssembly.Module): void {
    this.#load(module);
  }

  /** From now on this one is told what the parties are at. */
  follow(onState: (state: SourceState) => void): void {
    this.#onState = onState;
  }

  prepare(certificate: CertificateType): void {
    this.#parties.prepare(certificate);
  }

  run(options: RunOptions): Promise<Answer<Run>> {
    return answer(this.#parties.run(options));
  }

  newServerKey(certificate: CertificateType): Promise<Answer<void>> {
    return answer(this.#parties.newServerKey(certificate));
  }
}

async function answer<T>(given: Promise<T>): Promise<Answer<T>> {
  try {
    return { is: 'given', value: await given };
  } catch (error) {
    return { is: 'failed', failure: failureOf(error) };
  }
}
