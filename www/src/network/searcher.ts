/** Searches in a worker of its own, beside whoever asks: that stays able to answer. */

import { transfer } from 'comlink';
import type { SearchJob, SearchResult } from '../run/search/job';
import { buffersOf, pack } from '../run/search/pack';
import type { PartyAddresses, PartyImage } from '../run/search/scan';
import { NetworkError } from './errors';
import type { SearchService } from './search-service';
import { supervised } from './supervised';

/** The service, where it answers later. */
export type SearchLink = {
  [K in keyof SearchService]: (...args: Parameters<SearchService[K]>) => Promise<ReturnType<SearchService[K]>>;
};

/** A worker that searches. Every call on `link` fails once it has crashed. */
export interface SearchWorker {
  readonly link: SearchLink;
  readonly end: () => void;
}

/** Has one worker at a time, from the first search on or before. One that crashed is replaced by the next search. */
export class Searcher {
  readonly #start: () => SearchWorker;
  #worker: SearchWorker | undefined;

  constructor(start: () => SearchWorker) {
    this.#start = start;
  }

  /** Starts the worker, so that it is there when there is something to search. */
  prepare(): void {
    this.#worker ??= this.#start();
  }

  searchAll({ memories, ...rest }: SearchJob): Promise<SearchResult> {
    const packed = pack(memories);
    return this.#ask((link) => link.searchAll(transfer({ ...rest, memories: packed }, buffersOf(packed))));
  }

  find(images: readonly PartyImage[], needle: Uint8Array): Promise<readonly PartyAddresses[]> {
    const packed = pack(images.map(({ image }) => image));
    const parties = images.map(({ party }) => party);
    return this.#ask((link) => link.find(parties, transfer(packed, buffersOf(packed)), needle));
  }

  end(): void {
    this.#worker?.end();
    this.#worker = undefined;
  }

  async #ask<T>(question: (link: SearchLink) => Promise<T>): Promise<T> {
    this.#worker ??= this.#start();
    const asked = this.#worker;
    try {
      return await question(asked.link);
    } catch (error) {
      asked.end();
      if (this.#worker === asked) this.#worker = undefined;
      throw error;
    }
  }
}

/** Whatever goes wrong in this worker, the search was not made. */
export function startSearchWorker(): SearchWorker {
  const worker = new Worker(new URL('./search.worker.ts', import.meta.url), { type: 'module', name: 'search' });
  const crash = (detail: string) => new NetworkError({ code: 'search_crashed', detail });
  const { remote, end } = supervised<SearchService>(worker, crash, (error) => crash(error.message));
  return { link: remote as unknown as SearchLink, end };
}
