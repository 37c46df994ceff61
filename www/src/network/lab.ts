/** What the page asks for runs: parties in workers, with keys that last longer than a run. */

import type { PartyAddresses, PartyImage } from '../run/find';
import type { CertificateType, Run, RunOptions } from '../run/model';
import type { SearchJob, SearchResult } from '../run/searching';
import type { Told } from '../run/told';
import { LabError, type LabFailure } from './errors';
import type { WorkerRole } from './links';
import { runConnection } from './run';
import { Searcher } from './searcher';
import { environmentOf } from './seed';
import { certify, establishAuthority, makeServerKey } from './setup';
import { type Members, Story } from './story';
import { compileModule, type PartyWorker, requireBrowserFeatures, startSearchWorker, startWorker } from './workers';

export type { PartyAddresses, PartyImage } from '../run/find';

/** What the lab is at. */
export type LabState =
  /** The module is fetched and compiled. */
  | { readonly is: 'loading' }
  /** The server makes its key pair: with RSA, up to seconds. The page stays usable. */
  | { readonly is: 'making keys'; readonly certificate: CertificateType }
  | { readonly is: 'running' }
  /** The connection is over; the memories are searched. */
  | { readonly is: 'searching' }
  | { readonly is: 'ready' }
  | { readonly is: 'failed'; readonly failure: LabFailure };

/** A server with its key pair, and the certificate it has for a name. */
interface CertifiedServer {
  readonly worker: PartyWorker<'server'>;
  readonly told: readonly Told[];
  certificate?: { readonly serverName: string; readonly told: readonly Told[] };
}

/** The authority, with what it told when it made its keys. */
interface EstablishedAuthority {
  readonly worker: PartyWorker<'authority'>;
  readonly told: readonly Told[];
}

/** Whoever has nothing that outlives a run: in the same worker, somebody new takes part in each. */
type Passing = 'client' | 'eavesdropper' | 'reader';

/** Parties of one world: all real, or all of one seed. */
class Company {
  readonly #lab: Workshop;
  readonly #seed: RunOptions['seed'];
  #authority: Promise<EstablishedAuthority> | undefined;
  readonly #passing: { [P in Passing]?: Promise<PartyWorker<P>> } = {};
  readonly #servers = new Map<CertificateType, Promise<CertifiedServer>>();

  constructor(lab: Workshop, seed: RunOptions['seed']) {
    this.#lab = lab;
    this.#seed = seed;
  }

  async run(options: RunOptions): Promise<Run> {
    const [authority, client, eavesdropper, reader, server] = await Promise.all([
      this.#establishedAuthority(),
      this.#workerOf('client'),
      this.#workerOf('eavesdropper'),
      this.#workerOf('reader'),
      this.#serverFor(options.certificate),
    ]);
    this.#lab.report({ is: 'running' });
    const members = { authority: authority.worker, client, eavesdropper, server: server.worker };
    const certified = await certificateFor(server, members, options.serverName);
    const stage = { members, reader: reader.link, search: (job: SearchJob) => this.#lab.search(job) };
    return runConnection(stage, options, [...authority.told, ...server.told, ...certified]);
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
      ...Object.values(this.#passing),
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

  #workerOf<P extends Passing>(party: P): Promise<PartyWorker<P>> {
    const workers: { [Q in Passing]?: Promise<PartyWorker<Q>> } = this.#passing;
    const known = workers[party];
    if (known) return known;
    const started = this.#lab.start(party);
    workers[party] = started as (typeof workers)[P];
    return started;
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
    const story = new Story();
    const link = story.join(worker);
    await link.create(await environmentOf(this.#seed, 'authority'));
    await establishAuthority(story, link);
    return { worker, told: story.told };
  }

  async #makeServer(certificate: CertificateType): Promise<CertifiedServer> {
    this.#lab.report({ is: 'making keys', certificate });
    const worker = await this.#lab.start('server');
    const story = new Story();
    const link = story.join(worker);
    await link.create(await environmentOf(this.#seed, 'server'));
    await makeServerKey(story, link, certificate);
    return { worker, told: story.told };
  }
}

async function certificateFor(
  server: CertifiedServer,
  { authority }: Pick<Members, 'authority'>,
  serverName: string,
): Promise<readonly Told[]> {
  if (server.certificate?.serverName !== serverName) {
    const story = new Story();
    await certify(story, { authority: story.join(authority), server: story.join(server.worker) }, serverName);
    server.certificate = { serverName, told: story.told };
  }
  return server.certificate.told;
}

/** What a company needs of the lab. */
interface Workshop {
  start<R extends WorkerRole>(role: R): Promise<PartyWorker<R>>;
  /** The connection is over: whatever its memories were is searched. */
  search(job: SearchJob): Promise<SearchResult>;
  report(state: LabState): void;
}

export class Lab {
  readonly #workshop: Workshop;
  readonly #searcher: Searcher;
  #real: Company;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** Loads the module; keys are made by the first run that needs them. Throws {@link LabError}. */
  static async open(onState: (state: LabState) => void): Promise<Lab> {
    onState({ is: 'loading' });
    try {
      requireBrowserFeatures();
      const module = await compileModule();
      const lab = new Lab(module, onState);
      onState({ is: 'ready' });
      return lab;
    } catch (error) {
      onState({ is: 'failed', failure: failureOf(error) });
      throw error;
    }
  }

  private constructor(module: WebAssembly.Module, report: (state: LabState) => void) {
    const searcher = new Searcher(startSearchWorker);
    this.#searcher = searcher;
    this.#workshop = {
      start: (role) => startWorker(role, module),
      search: (job) => {
        report({ is: 'searching' });
        return searcher.searchAll(job);
      },
      report,
    };
    this.#real = new Company(this.#workshop, undefined);
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

  /**
   * Where exactly these bytes are in these memories; any length from 1 byte. At most 1,000 addresses each, and how many
   * there are in all. Throws {@link LabError}.
   */
  async find(images: readonly PartyImage[], needle: Uint8Array): Promise<readonly PartyAddresses[]> {
    if (this.#closed) throw new LabError({ code: 'closed' });
    return this.#searcher.find(images, needle);
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
    this.#searcher.end();
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
      if (failure.code !== 'bad_option' && failure.code !== 'search_crashed') {
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
