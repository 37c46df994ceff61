/** The parties as the network sees them, wherever they run: in workers, or in tests beside it. */

import type { AuthorityHost, ClientHost, ServerHost } from './host';

/** The same methods, which may answer later. */
type Later<T> = {
  readonly [K in keyof T as T[K] extends (...args: never[]) => unknown ? K : never]: T[K] extends (
    ...args: infer A
  ) => infer R
    ? (...args: A) => R | Promise<R>
    : never;
};

export type AuthorityLink = Later<AuthorityHost>;
export type ServerLink = Later<ServerHost>;
export type ClientLink = Later<ClientHost>;

/** Who takes part in a connection. */
export interface Cast {
  readonly authority: AuthorityLink;
  readonly server: ServerLink;
  readonly client: ClientLink;
}
