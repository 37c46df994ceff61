/** Where runs come from: live from the parties, or from wherever else they were kept. */

import type { CertificateType, Run, RunOptions } from '../run/model';
import type { PartyAddresses, PartyImage } from '../run/search/scan';
import type { NetworkFailure } from './errors';

export interface RunSource {
  /** A run with these options, from beginning to end. A handshake that fails or stalls is a run, too. */
  run(options: RunOptions): Promise<Run>;
  /**
   * Where exactly these bytes are in these memories; any length from 1 byte. At most 1,000 addresses each, and how many there
   * are in all.
   */
  find(images: readonly PartyImage[], needle: Uint8Array): Promise<readonly PartyAddresses[]>;
  /** Has the server make a new key pair, to be used from the next run on. */
  newServerKey(certificate: CertificateType): Promise<void>;
  close(): void;
}

/** What a source is at. */
export type SourceState =
  /** What makes the runs is fetched. */
  | { readonly is: 'loading' }
  /** The server makes its key pair: with RSA, up to seconds. The page stays usable. */
  | { readonly is: 'making keys'; readonly certificate: CertificateType }
  | { readonly is: 'running' }
  /** The connection is over; the memories are searched. */
  | { readonly is: 'searching' }
  | { readonly is: 'ready' }
  | { readonly is: 'failed'; readonly failure: NetworkFailure };

/** Makes a source ready. It says what it is at, its failure to become ready included. */
export type OpenSource = (onState: (state: SourceState) => void) => Promise<RunSource>;
