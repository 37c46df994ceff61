/** The searches, as the worker that makes them answers for them. */

import { type SearchJob, type SearchResult, searchAll } from '../run/search/job';
import { type PackedImages, unpack } from '../run/search/pack';
import { findBytes, type PartyAddresses, type PartyImage } from '../run/search/scan';

/** A job, as it crosses to the worker. */
export type PackedJob = Omit<SearchJob, 'memories'> & { readonly memories: PackedImages };

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
