/** Which parties there are, with which keys; the page asks here for runs, and gets one at a time. Keys last longer than a run. */

import type { LogEntry } from '../run/log';
import type { CertificateType, Run, RunOptions } from '../run/model';
import type { SearchJob, SearchResult } from '../run/search/job';
import type { PartyAddresses, PartyImage } from '../run/search/scan';
import { failureOf, NetworkError } from './errors';
import type { WorkerRole } from './party-hosts';
import { type RecordedParties, Recorder } from './recorder';
import { makeRun } from './run';
import { Searcher } from './searcher';
import { environmentOf } from './seed';
import { certify, establishAuthority, makeServerKey } from './setup';
import type { RunSource, SourceState } from './source';
import { compileModule, type PartyWorker, requireBrowserFeatures, startSearchWorker, startWorker } from './workers';

export type { PartyAddresses, PartyImage } from '../run/search/scan';

/** A server with its key pair, and the certificate it has for a name. */
interface CertifiedServer {
  readonly worker: PartyWorker<'server'>;
  readonly log: readonly LogEntry[];
  certificate?: { readonly serverName: string; readonly log: readonly LogEntry[] };
}

/** The authority, with what was recorded when it made its keys. */
interface EstablishedAuthority {
  readonly worker: PartyWorker<'authority'>;
  readonly log: readonly LogEntry[];
}

/** The roles with nothing that outlives a run: their workers stay, and each run has new parties in them. */
type PerRunRole = 'client' | 'eavesdropper' | 'reader';

/** Parties that share their randomness: all from the operating system, or all from one seed. */
class PartyGroup {
  readonly #services: Services;
  readonly #seed: RunOptions['seed'];
  #authority: Promise<EstablishedAuthority> | undefined;
  readonly #perRun: { [P in PerRunRole]?: Promise<PartyWorker<P>> } = {};
  readonly #servers = new Map<CertificateType, Promise<CertifiedServer>>();

  constructor(services: Services, seed: RunOptions['seed']) {
    this.#services = services;
    this.#seed = seed;
  }

  async run(options: RunOptions): Promise<Run> {
    // The server first: its key takes longest.
    const [server, authority, client, eavesdropper, reader] = await Promise.all([
      this.#serverFor(options.certificate),
      this.#establishedAuthority(),
      this.#workerOf('client'),
      this.#workerOf('eavesdropper'),
      this.#workerOf('reader'),
    ]);
    this.#services.report({ is: 'running' });
    const members = { authority: authority.worker, client, eavesdropper, server: server.worker };
    const certified = await certificateFor(server, members, options.serverName);
    const participants = {
      parties: members,
      reader: reader.link,
      search: (job: SearchJob) => this.#services.search(job),
    };
    return makeRun(participants, options, [...authority.log, ...server.log, ...certified]);
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
      ...Object.values(this.#perRun),
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

  #workerOf<P extends PerRunRole>(party: P): Promise<PartyWorker<P>> {
    const workers: { [Q in PerRunRole]?: Promise<PartyWorker<Q>> } = this.#perRun;
    const known = workers[party];
    if (known) return known;
    const started = this.#services.start(party);
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
    const worker = await this.#services.start('authority');
    const recorder = new Recorder();
    const link = recorder.attach(worker);
    await link.create(await environmentOf(this.#seed, 'authority'));
    await establishAuthority(recorder, link);
    return { worker, log: recorder.log };
  }

  async #makeServer(certificate: CertificateType): Promise<CertifiedServer> {
    const worker = await this.#services.start('server');
    this.#services.report({ is: 'making keys', certificate });
    const recorder = new Recorder();
    const link = recorder.attach(worker);
    await link.create(await environmentOf(this.#seed, 'server'));
    await makeServerKey(recorder, link, certificate);
    return { worker, log: recorder.log };
  }
}

async function certificateFor(
  server: CertifiedServer,
  { authority }: Pick<RecordedParties, 'authority'>,
  serverName: string,
): Promise<readonly LogEntry[]> {
  if (server.certificate?.serverName !== serverName) {
    const recorder = new Recorder();
    await certify(
      recorder,
      { authority: recorder.attach(authority), server: recorder.attach(server.worker) },
      serverName,
    );
    server.certificate = { serverName, log: recorder.log };
  }
  return server.certificate.log;
}

/** What a group of parties needs from outside. */
interface Services {
  start<R extends WorkerRole>(role: R): Promise<PartyWorker<R>>;
  /** The connection is over: whatever its memories were is searched. */
  search(job: SearchJob): Promise<SearchResult>;
  report(state: SourceState): void;
}

/** All parties of the page, in their workers. One run at a time. */
export class Parties implements RunSource {
  readonly #services: Services;
  readonly #searcher: Searcher;
  #lasting: PartyGroup;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  /**
   * Begins to load the module, and is ready for runs meanwhile; keys are made by the first run that needs them. A module that
   * cannot be loaded fails the runs that wait for it. Throws {@link NetworkError}.
   */
  static async open(onState: (state: SourceState) => void): Promise<Parties> {
    onState({ is: 'loading' });
    try {
      requireBrowserFeatures();
      return new Parties(compileModule(), onState);
    } catch (error) {
      onState({ is: 'failed', failure: failureOf(error) });
      throw error;
    }
  }

  private constructor(module: Promise<WebAssembly.Module>, report: (state: SourceState) => void) {
    // Whoever starts a worker hears of it.
    module.catch(() => {});
    const searcher = new Searcher(startSearchWorker);
    this.#searcher = searcher;
    this.#services = {
      start: (role) => startWorker(role, module),
      search: (job) => {
        report({ is: 'searching' });
        return searcher.searchAll(job);
      },
      report,
    };
    this.#lasting = new PartyGroup(this.#services, undefined);
  }

  /** Runs a connection from beginning to end. A handshake that fails is a run, too. Throws {@link NetworkError}. */
  run(options: RunOptions): Promise<Run> {
    return this.#inTurn(async () => {
      this.#searcher.prepare();
      if (!options.seed) return this.#lasting.run(options);
      // Everything follows from the seed only where nothing was drawn before.
      const seeded = new PartyGroup(this.#services, options.seed);
      try {
        return await seeded.run(options);
      } finally {
        seeded.end();
      }
    });
  }

  /**
   * Where exactly these bytes are in these memories; any length from 1 byte. At most 1,000 addresses each, and how many
   * there are in all. Throws {@link NetworkError}.
   */
  async find(images: readonly PartyImage[], needle: Uint8Array): Promise<readonly PartyAddresses[]> {
    if (this.#closed) throw new NetworkError({ code: 'closed' });
    return this.#searcher.find(images, needle);
  }

  /** Has the server make a new key pair, to be used from the next run on. The old one is gone with its worker. */
  newServerKey(certificate: CertificateType): Promise<void> {
    return this.#inTurn(async () => {
      await this.#lasting.dismissServer(certificate);
      await this.#lasting.prepareServer(certificate);
    });
  }

  close(): void {
    this.#closed = true;
    this.#lasting.end();
    this.#searcher.end();
  }

  /** One at a time: the parties have one connection each. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#reported(work));
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #reported<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new NetworkError({ code: 'closed' });
    try {
      const result = await work();
      this.#services.report({ is: 'ready' });
      return result;
    } catch (error) {
      const failure = failureOf(error);
      if (this.#closed) throw error;
      // A party whose call was cut short is in no state to go on with; the next run starts with new ones.
      if (failure.code !== 'bad_option' && failure.code !== 'search_crashed') {
        this.#lasting.end();
        this.#lasting = new PartyGroup(this.#services, undefined);
      }
      this.#services.report({ is: 'failed', failure });
      throw error;
    }
  }
}
