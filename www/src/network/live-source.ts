/**
 * Runs live from the parties. They are made in a worker: the hundreds of messages that a run takes between network and parties
 * would keep the page from drawing.
 */

import { proxy } from 'comlink';
import type { CertificateType, Run, RunOptions } from '../run/model';
import type { PartyAddresses, PartyImage } from '../run/search/scan';
import { failureOf, NetworkError, type NetworkFailure } from './errors';
import { compileModule, requireBrowserFeatures } from './module';
import type { Answer, NetworkService } from './network-service';
import { Searcher, startSearchWorker } from './searcher';
import type { RunSource, SourceState } from './source';
import { type Supervised, supervised } from './supervised';

/** The network's worker, which has its module or waits for it. */
interface Network extends Supervised<NetworkService> {
  readonly loaded: Promise<void>;
}

/** What was started before anybody asked for it, until somebody does. */
let early: Network | undefined;
let isOpened = false;

/**
 * Starts the network, and has the server make its key pair, so that this is under way while the page is still being read. The
 * source that is opened first takes it over. What keeps it from starting is said then.
 */
export function startEarly(certificate: CertificateType | undefined): void {
  if (isOpened) return;
  try {
    early ??= startNetwork();
  } catch {
    return;
  }
  if (certificate) early.remote.prepare(certificate).catch(() => {});
}

/** Opens a source of live runs. Throws {@link NetworkError}, which is reported, too. */
export async function openLive(onState: (state: SourceState) => void): Promise<RunSource> {
  onState({ is: 'loading' });
  try {
    const network = early ?? startNetwork();
    early = undefined;
    isOpened = true;
    return new LiveSource(network, onState);
  } catch (error) {
    onState({ is: 'failed', failure: failureOf(error) });
    throw error;
  }
}

function startNetwork(): Network {
  requireBrowserFeatures();
  const worker = new Worker(new URL('./network.worker.ts', import.meta.url), { type: 'module', name: 'network' });
  const crash = (detail: string) => new NetworkError({ code: 'network_crashed', detail });
  const network = supervised<NetworkService>(worker, crash, (error) => crash(error.message));
  const loaded = compileModule().then((module) => network.remote.load(module));
  // Whoever waits for it hears of it.
  loaded.catch(() => {});
  return { ...network, loaded };
}

class LiveSource implements RunSource {
  readonly #report: (state: SourceState) => void;
  /** For what the reader looks for, in memories that the page has. */
  readonly #searcher = new Searcher(startSearchWorker);
  /** None after one that failed: the next run starts another. */
  #network: Network | undefined;
  #closed = false;

  constructor(network: Network, report: (state: SourceState) => void) {
    this.#report = report;
    this.#network = this.#following(network);
  }

  run(options: RunOptions): Promise<Run> {
    return this.#ask((remote) => remote.run(options));
  }

  newServerKey(certificate: CertificateType): Promise<void> {
    return this.#ask((remote) => remote.newServerKey(certificate));
  }

  async find(images: readonly PartyImage[], needle: Uint8Array): Promise<readonly PartyAddresses[]> {
    if (this.#closed) throw new NetworkError({ code: 'closed' });
    return this.#searcher.find(images, needle);
  }

  close(): void {
    this.#closed = true;
    this.#network?.end();
    this.#searcher.end();
  }

  #following(network: Network): Network {
    network.remote.follow(proxy((state: SourceState) => !this.#closed && this.#report(state))).catch(() => {});
    return network;
  }

  async #ask<T>(question: (remote: Network['remote']) => Promise<Answer<T>>): Promise<T> {
    if (this.#closed) throw new NetworkError({ code: 'closed' });
    this.#network ??= this.#following(startNetwork());
    const network = this.#network;
    const answer = await Promise.all([question(network.remote), network.loaded]).then(
      ([given]) => given,
      (error: unknown) => this.#without(network, failureOf(error)),
    );
    if (answer.is === 'failed') throw new NetworkError(answer.failure);
    return answer.value;
  }

  /** Of what fails within the network, the network reports; that there is none has nobody said yet. */
  #without(network: Network, failure: NetworkFailure): { readonly is: 'failed'; readonly failure: NetworkFailure } {
    network.end();
    if (this.#network === network) {
      this.#network = undefined;
      if (!this.#closed) this.#report({ is: 'failed', failure });
    }
    return { is: 'failed', failure };
  }
}
