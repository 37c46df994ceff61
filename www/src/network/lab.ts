/** What the page asks for runs: parties in workers, with keys that last longer than a run. */

import { assemble, type Collected } from '../run/assemble';
import type { CertificateType, Run, RunOptions } from '../run/model';
import { converse } from './connection';
import { LabError, type LabFailure } from './errors';
import type { Cast } from './links';
import { environmentOf } from './seed';
import { certify, establishAuthority, makeServerKey, trust } from './setup';
import { compileModule, type PartyWorker, requireBrowserFeatures, startWorker } from './workers';

/** What the lab is at. */
export type LabState =
  /** The module is fetched and compiled. */
  | { readonly is: 'loading' }
  /** The server makes its key pair: with RSA, up to seconds. The page stays usable. */
  | { readonly is: 'making keys'; readonly certificate: CertificateType }
  | { readonly is: 'running' }
  | { readonly is: 'ready' }
  | { readonly is: 'failed'; readonly failure: LabFailure };

/** A server with its key pair, and the certificate it has for a name. */
interface CertifiedServer {
  readonly worker: PartyWorker<'server'>;
  readonly keyUnits: readonly Collected[];
  certificate?: { readonly serverName: string; readonly units: readonly Collected[] };
}

/** The authority, with what it told when it made its keys. */
interface EstablishedAuthority {
  readonly worker: PartyWorker<'authority'>;
  readonly units: readonly Collected[];
}

/** Parties of one world: all real, or all of one seed. */
class Company {
  readonly #lab: Workshop;
  readonly #seed: RunOptions['seed'];
  #authority: Promise<EstablishedAuthority> | undefined;
  #client: Promise<PartyWorker<'client'>> | undefined;
  readonly #servers = new Map<CertificateType, Promise<CertifiedServer>>();

  constructor(lab: Workshop, seed: RunOptions['seed']) {
    this.#lab = lab;
    this.#seed = seed;
  }

  async run(options: RunOptions): Promise<Run> {
    const [authority, client, server] = await Promise.all([
      this.#establishedAuthority(),
      this.#clientWorker(),
      this.#serverFor(options.certificate),
    ]);
    this.#lab.report({ is: 'running' });
    const cast: Cast = { authority: authority.worker.link, client: client.link, server: server.worker.link };
    const certified = await certificateFor(server, cast, options.serverName);
    await client.link.create(await environmentOf(this.#seed, 'client'));
    const trusted = await trust(cast);
    const { units, attempts } = await converse(cast, options);
    return assemble(options, [...authority.units, ...server.keyUnits, ...certified, ...trusted, ...units], attempts);
  }

  /** Forgets a server with its key: the next run makes a new one. */
  async dismissServer(certificate: CertificateType): Promise<void> {
    const server = this.#servers.get(certificate);
    this.#servers.delete(certificate);
    (await server?.catch(() => undefined))?.worker.end();
  }

  async prepareServer(certificate: CertificateType): Promise<void> {
    await this.#serverFor(certificate);
  }

  end(): void {
    const ending: (Promise<{ end: () => void }> | undefined)[] = [
      this.#authority?.then((it) => it.worker),
      this.#client,
    ];
    for (const server of this.#servers.values()) ending.push(server.then((it) => it.worker));
    for (const worker of ending) {
      worker?.then(
        (it) => it.end(),
        () => {},
      );
    }
  }

  #establishedAuthority(): Promise<EstablishedAuthority> {
    this.#authority ??= this.#establishAuthority();
    return this.#authority;
  }

  #clientWorker(): Promise<PartyWorker<'client'>> {
    this.#client ??= this.#lab.start('client');
    return this.#client;
  }

  #serverFor(certificate: CertificateType): Promise<CertifiedServer> {
    const known = this.#servers.get(certificate);
    if (known) return known;
    const server = this.#makeServer(certificate);
    this.#servers.set(certificate, server);
    return server;
  }

  async #establishAuthority(): Promise<EstablishedAuthority> {
    const worker = await this.#lab.start('authority');
    await worker.link.create(await environmentOf(this.#seed, 'authority'));
    return { worker, units: await establishAuthority(worker.link) };
  }

  async #makeServer(certificate: CertificateType): Promise<CertifiedServer> {
    this.#lab.report({ is: 'making keys', certificate });
    const worker = await this.#lab.start('server');
    await worker.link.create(await environmentOf(this.#seed, 'server'));
    return { worker, keyUnits: await makeServerKey(worker.link, certificate) };
  }
}

async function certificateFor(server: CertifiedServer, cast: Cast, serverName: string): Promise<readonly Collected[]> {
  if (server.certificate?.serverName !== serverName) {
    server.certificate = { serverName, units: await certify(cast, serverName) };
  }
  return server.certificate.units;
}

/** What a company needs of the lab. */
interface Workshop {
  start<P extends 'authority' | 'client' | 'server'>(party: P): Promise<PartyWorker<P>>;
  report(state: LabState): void;
}

export class Lab {
  readonly #workshop: Workshop;
  #real: Company;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** Loads the module; keys are made by the first run that needs them. Throws {@link LabError}. */
  static async open(onState: (state: LabState) => void): Promise<Lab> {
    onState({ is: 'loading' });
    try {
      requireBrowserFeatures();
      const module = await compileModule();
      const lab = new Lab({ start: (party) => startWorker(party, module), report: onState });
      onState({ is: 'ready' });
      return lab;
    } catch (error) {
      onState({ is: 'failed', failure: failureOf(error) });
      throw error;
    }
  }

  private constructor(workshop: Workshop) {
    this.#workshop = workshop;
    this.#real = new Company(workshop, undefined);
  }

  /** Runs a connection from beginning to end. A handshake that fails is a run, too. Throws {@link LabError}. */
  run(options: RunOptions): Promise<Run> {
    return this.#inTurn(async () => {
      if (!options.seed) return this.#real.run(options);
      // Everything follows from the seed only where nothing was drawn before.
      const seeded = new Company(this.#workshop, options.seed);
      try {
        return await seeded.run(options);
      } finally {
        seeded.end();
      }
    });
  }

  /** Has the server make a new key pair, to be used from the next run on. The old one is gone with its worker. */
  newServerKey(certificate: CertificateType): Promise<void> {
    return this.#inTurn(async () => {
      await this.#real.dismissServer(certificate);
      await this.#real.prepareServer(certificate);
    });
  }

  close(): void {
    this.#closed = true;
    this.#real.end();
  }

  /** One at a time: the parties have one connection each. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#reported(work));
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #reported<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new LabError({ code: 'closed' });
    try {
      const result = await work();
      this.#workshop.report({ is: 'ready' });
      return result;
    } catch (error) {
      const failure = failureOf(error);
      if (this.#closed) throw error;
      // A party whose call was cut short is in no state to go on with; the next run starts with new ones.
      if (failure.code !== 'bad_option') {
        this.#real.end();
        this.#real = new Company(this.#workshop, undefined);
      }
      this.#workshop.report({ is: 'failed', failure });
      throw error;
    }
  }
}

function failureOf(error: unknown): LabFailure {
  if (error instanceof LabError) return error.failure;
  return { code: 'stuck', detail: error instanceof Error ? error.message : String(error) };
}
