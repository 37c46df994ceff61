/** The hosts of the parties: what the network may ask of each. */

import type {
  Action,
  Advanced,
  Attempt,
  Authority,
  Client,
  ClientOptions,
  Eavesdropper,
  Environment,
  Issued,
  KeyPairAlgorithm,
  LeakedKey,
  Requested,
  Server,
  ServerOptions,
  TriedKey,
} from '../../pkg/tls_glass.js';
import type { Endpoint, Reading } from '../run/model';
import { type Glue, Host } from './host';

export class AuthorityHost extends Host<Authority> {
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

export class ServerHost extends Host<Server> {
  generateKeyPair(algorithm: KeyPairAlgorithm): Advanced {
    return this.call((server) => server.generateKeyPair(algorithm));
  }

  requestCertificate(serverName: string): Requested {
    return this.call((server) => server.requestCertificate(serverName));
  }

  installCertificate(chain: Uint8Array[]): Advanced {
    return this.call((server) => server.installCertificate(chain));
  }

  installTrustAnchor(root: Uint8Array): Advanced {
    return this.call((server) => server.installTrustAnchor(root));
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

  receive(bytes: Uint8Array): Action | undefined {
    this.call((server) => server.receive(bytes));
    return this.next();
  }

  next(): Action | undefined {
    return this.call((server) => server.next());
  }

  advance(): Advanced | undefined {
    return this.call((server) => server.advance());
  }

  close(): Action | undefined {
    this.call((server) => server.close());
    return this.next();
  }

  attempt(record: Uint8Array, key: TriedKey): Attempt {
    return this.call((server) => server.attempt(record, key));
  }

  protected override make(glue: Glue, environment: Environment): Server {
    return new glue.Server(environment);
  }
}

export class ClientHost extends Host<Client> {
  installTrustAnchor(root: Uint8Array): Advanced {
    return this.call((client) => client.installTrustAnchor(root));
  }

  generateKeyPair(algorithm: KeyPairAlgorithm): Advanced {
    return this.call((client) => client.generateKeyPair(algorithm));
  }

  requestCertificate(): Requested {
    return this.call((client) => client.requestCertificate());
  }

  installCertificate(chain: Uint8Array[]): Advanced {
    return this.call((client) => client.installCertificate(chain));
  }

  connect(options: ClientOptions): Action | undefined {
    this.call((client) => client.connect(options));
    return this.next();
  }

  receive(bytes: Uint8Array): Action | undefined {
    this.call((client) => client.receive(bytes));
    return this.next();
  }

  /** Puts bytes into the client's memory that it does not know of. */
  plant(bytes: Uint8Array): Advanced {
    return this.call((client) => client.plant(bytes));
  }

  next(): Action | undefined {
    return this.call((client) => client.next());
  }

  advance(): Advanced | undefined {
    return this.call((client) => client.advance());
  }

  close(): Action | undefined {
    this.call((client) => client.close());
    return this.next();
  }

  attempt(record: Uint8Array, key: TriedKey): Attempt {
    return this.call((client) => client.attempt(record, key));
  }

  protected override make(glue: Glue, environment: Environment): Client {
    return new glue.Client(environment);
  }
}

/** Somebody who listens: Eve, and the readers on whom the claim is tested. */
export class EavesdropperHost extends Host<Eavesdropper> {
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

  give(name: LeakedKey, bytes: Uint8Array): void {
    this.call((eavesdropper) => eavesdropper.give(name, bytes));
  }

  read(record: Uint8Array, from: Endpoint): Reading {
    return this.call((eavesdropper) => eavesdropper.read(record, from));
  }

  protected override make(glue: Glue): Eavesdropper {
    return new glue.Eavesdropper();
  }
}
