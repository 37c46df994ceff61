/** The parties as the network sees them, wherever they run: in workers, or in tests beside it. */

import type { Party } from '../run/model';
import type { AuthorityHost, ClientHost, EavesdropperHost, ServerHost } from './hosts';

/** Who runs in a worker: the parties, and the reader on whom the claim is tested. */
export type WorkerRole = Party | 'reader';

export interface Hosts {
  readonly authority: AuthorityHost;
  readonly client: ClientHost;
  readonly eavesdropper: EavesdropperHost;
  readonly reader: EavesdropperHost;
  readonly server: ServerHost;
}

/** The same methods, which may answer later. */
type Later<T> = {
  readonly [K in keyof T as T[K] extends (...args: never[]) => unknown ? K : never]: T[K] extends (
    ...args: infer A
  ) => infer R
    ? (...args: A) => R | Promise<R>
    : never;
};

export type Link<R extends WorkerRole> = Later<Hosts[R]>;

/** What can be asked of every worker. */
export type AnyLink = Later<Pick<Hosts[WorkerRole], 'load' | 'snapshot'>>;

export type AuthorityLink = Link<'authority'>;
export type ServerLink = Link<'server'>;
export type ClientLink = Link<'client'>;
export type EavesdropperLink = Link<'eavesdropper'>;

/** Who takes part in a connection. */
export type Cast = { readonly [P in Party]: Link<P> };
