/** What keeps the parties from running at all. A handshake that fails or stalls is no such thing: it is a run that ends early. */

import type { Party } from '../run/model';

export type NetworkFailure =
  /** The browser lacks something that is named. */
  | { readonly code: 'missing'; readonly what: 'WebAssembly' | 'Worker' | 'crypto.subtle' }
  /** The compiled module could not be fetched, or is no module for this browser. */
  | { readonly code: 'module_load_failed'; readonly detail: string }
  /** A party's worker did not start, or ended of itself. What it knew is gone. */
  | { readonly code: 'worker_crashed'; readonly party: Party; readonly detail: string }
  /** The worker that searches did not start, or ended of itself: nothing is known of what it was asked for. */
  | { readonly code: 'search_crashed'; readonly detail: string }
  /** The worker in which runs are made did not start, or ended of itself, with all parties. */
  | { readonly code: 'network_crashed'; readonly detail: string }
  /** An option was refused: a mistake of the page. */
  | { readonly code: 'bad_option'; readonly party: Party; readonly detail: string }
  /** The page's own code failed: a mistake of its authors. The stack says where. */
  | { readonly code: 'internal'; readonly detail: string; readonly stack: string }
  /** The parties were ended while they worked. */
  | { readonly code: 'closed' };

export class NetworkError extends Error {
  readonly failure: NetworkFailure;

  constructor(failure: NetworkFailure) {
    super('detail' in failure ? `${failure.code}: ${failure.detail}` : failure.code);
    this.name = 'NetworkError';
    this.failure = failure;
  }
}

/** Whatever was thrown, as a failure: what is none of the network's own is a mistake in the page. */
export function failureOf(error: unknown): NetworkFailure {
  if (error instanceof NetworkError) return error.failure;
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: 'internal', detail: message, stack: stack ?? message };
}
