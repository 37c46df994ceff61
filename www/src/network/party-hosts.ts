/** The hosts of the parties: what the network may ask of each, and how it reaches them, in workers or in tests beside it. */

import type {
  Action,
  Advanced,
  Attempt,
  Authority,
  Client,
  ClientOptions,
  Eavesdropper,
  Environment,
  Expected,
  Issued,
  KeyPairAlgorithm,
  LeakedKey,
  Requested,
  Server,
  ServerOptions,
  TriedKey,
} from '../../pkg/tls_glass.js';
import type { Endpoint, Party, Reading } from '../run/model';
import { type Glue, WorkerHost } from './worker-host';

export class AuthorityHost extends WorkerHost<Authority> {
  establish(): Advanced {
    return this.call((authority) => authority.establish());
  }

  issue(request: Uint8Array, serverName: string): Issued {
    return this.call((authority) => authority.issue(request, serverName));
  }

  issueToClient(request: Uint8Array, name: string): Issued {
    return this.call((authority) => authority.issueToClient(request, name));
  }

  rootCertificate(): Uint8Array {
    return this.call((authority) => authority.rootCertificate());
  }

  protected override make(glue: Glue, environment: Environment): Authority {
    return new glue.Authority(environment);
  }
}

/** A side of the connection: what client and server are asked alike. */
abstract class EndpointHost<P extends Client | Server> extends WorkerHost<P> {
  generateKeyPair(algorithm: KeyPairAlgorithm): Advanced {
    return this.call((party) => party.generateKeyPair(algorithm));
  }

  installCertificate(chain: Uint8Array[]): Advanced {
    return this.call((party) => party.installCertificate(chain));
  }

  installTrustAnchor(root: Uint8Array): Advanced {
    return this.call((party) => party.installTrustAnchor(root));
  }

  receive(bytes: Uint8Array): Action | undefined {
    this.call((party) => party.receive(bytes));
    return this.next();
  }

  /** The transport has ended: nothing will be received any more. */
  receiveEnd(): Action | undefined {
    this.call((party) => party.receiveEnd());
    return this.next();
  }

  /** What it needs from the other side before it can go on, if it does. */
  awaits(): Expected | undefined {
    return this.call((party) => party.awaits());
  }

  isClosed(): boolean {
    return this.call((party) => party.isClosed());
  }

  next(): Action | undefined {
    return this.call((party) => party.next());
  }

  advance(): Advanced | undefined {
    return this.call((party) => party.advance());
  }

  close(): Action | undefined {
    this.call((party) => party.close());
    return this.next();
  }

  attempt(record: Uint8Array, key: TriedKey): Attempt {
    return this.call((party) => party.attempt(record, key));
  }
}

export class ServerHost extends EndpointHost<Server> {
  requestCertificate(serverName: string): Requested {
    return this.call((server) => server.requestCertificate(serverName));
  }

  forgetTrustAnchors(): void {
    this.call((server) => server.forgetTrustAnchors());
  }

  forgetSessions(): void {
    this.call((server) => server.forgetSessions());
  }

  generateTicketKey(): Advanced {
    return this.call((server) => server.generateTicketKey());
  }

  accept(options: ServerOptions): Action | undefined {
    this.call((server) => server.accept(options));
    return this.next();
  }

  protected override make(glue: Glue, environment: Environment): Server {
    return new glue.Server(environment);
  }
}

export class ClientHost extends EndpointHost<Client> {
  requestCertificate(): Requested {
    return this.call((client) => client.requestCertificate());
  }

  connect(options: ClientOptions): Action | undefined {
    this.call((client) => client.connect(options));
    return this.next();
  }

  /** Puts bytes into the client's memory that it does not know of. */
  plant(bytes: Uint8Array): Advanced {
    return this.call((client) => client.plant(bytes));
  }

  protected override make(glue: Glue, environment: Environment): Client {
    return new glue.Client(environment);
  }
}

/** A record as it passes by. */
export interface HeardRecord {
  readonly from: Endpoint;
  readonly bytes: Uint8Array;
}

/** Somebody who listens: Eve, and the readers on whom the claim is tested. */
export class EavesdropperHost extends WorkerHost<Eavesdropper> {
  listen(): Advanced {
    return this.call((eavesdropper) => eavesdropper.listen());
  }

  /** Listens to the next connection of the same two, and keeps what was heard of this one. */
  listenFurther(): Advanced {
    return this.call((eavesdropper) => eavesdropper.listenFurther());
  }

  overhear(from: Endpoint, bytes: Uint8Array): void {
    this.call((eavesdropper) => eavesdropper.overhear(from, bytes));
  }

  advance(): Advanced | undefined {
    return this.call((eavesdropper) => eavesdropper.advance());
  }

  /** Overhears one record after the other, where nobody asks what happens in between. */
  hear(records: readonly HeardRecord[]): void {
    for (const { from, bytes } of records) {
      this.overhear(from, bytes);
      while (this.advance());
    }
  }

  give(name: LeakedKey, bytes: Uint8Array): Advanced {
    return this.call((eavesdropper) => eavesdropper.give(name, bytes));
  }

  read(record: Uint8Array, from: Endpoint): Reading {
    return this.call((eavesdropper) => eavesdropper.read(record, from));
  }

  protected override make(glue: Glue): Eavesdropper {
    return new glue.Eavesdropper();
  }
}

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
export type PartyLinks = { readonly [P in Party]: Link<P> };
