/** Searches beside the page, in a worker of its own: the page stays usable. */

import { transfer } from 'comlink';
import { type SearchJob, type SearchResult, searchAll } from '../run/search/job';
import { buffersOf, type PackedImages, pack, unpack } from '../run/search/pack';
import { findBytes, type PartyAddresses, type PartyImage } from '../run/search/scan';

/** A job, as it crosses to the worker. */
type PackedJob = Omit<SearchJob, 'memories'> & { readonly memories: PackedImages };

/** What runs in the worker. */
export class SearchService {
  searchAll({ memories, ...rest }: PackedJob): SearchResult {
    return searchAll({ ...rest, memories: unpack(memories) });
  }

  find(parties: readonly PartyImage['party'][], memories: PackedImages, needle: Uint8Array): readonly PartyAddresses[] {
    const images = unpack(memories);
    return parties.flatMap((party, index) => {
      const image = images[index];
      return image ? [findBytes({ party, image }, needle)] : [];
    });
  }
}

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
