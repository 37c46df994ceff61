/** Which parties there are, with which keys. Runs are asked for here, and made one at a time. Keys last longer than a run. */

import type { LogEntry } from '../run/log';
import type { CertificateType, Run, RunOptions } from '../run/model';
import type { SearchJob, SearchResult } from '../run/search/job';
import { failureOf, NetworkError } from './errors';
import type { Link, WorkerRole } from './party-hosts';
import { type RecordedParties, Recorder } from './recorder';
import { makeRun } from './run';
import { Searcher, startSearchWorker } from './searcher';
import { environmentOf } from './seed';
import { certify, establishAuthority, makeServerKey } from './setup';
import type { SourceState } from './source';
import { type PartyWorker, startWorker } from './workers';

/** A server that makes its key pair. */
interface ServerInMaking {
  /** The server is there, and begins to make its key pair. */
  readonly created: Promise<unknown>;
  readonly ready: Promise<CertifiedServer>;
}

interface CreatedServer {
  readonly worker: PartyWorker<'server'>;
  readonly recorder: Recorder;
  readonly link: Link<'server'>;
}

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
  readonly #servers = new Map<CertificateType, ServerInMaking>();

  constructor(services: Services, seed: RunOptions['seed']) {
    this.#services = services;
    this.#seed = seed;
  }

  async run(options: RunOptions): Promise<Run> {
    const making = this.#serverFor(options.certificate);
    // Its key takes longest: where there are few cores, the others would keep it from beginning.
    await making.created;
    this.#services.prepareSearch();
    const [server, authority, client, eavesdropper, reader] = await Promise.all([
      making.ready,
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
    (await server?.ready.catch(() => undefined))?.worker.end();
  }

  async prepareServer(certificate: CertificateType): Promise<void> {
    await this.#serverFor(certificate).ready;
  }

  end(): void {
    const ending: (Promise<{ end: () => void }> | undefined)[] = [
      this.#authority?.then((it) => it.worker),
      ...Object.values(this.#perRun),
    ];
    for (const { ready } of this.#servers.values()) ending.push(ready.then((it) => it.worker));
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

  #serverFor(certificate: CertificateType): ServerInMaking {
    const known = this.#servers.get(certificate);
    if (known) return known;
    const created = this.#createServer();
    const server = { created, ready: created.then((it) => this.#makeKey(it, certificate)) };
    // Whoever waits for it hears of its failure; it may have been begun before anybody does.
    server.ready.catch(() => {});
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

  async #createServer(): Promise<CreatedServer> {
    const worker = await this.#services.start('server');
    const recorder = new Recorder();
    const link = recorder.attach(worker);
    await link.create(await environmentOf(this.#seed, 'server'));
    return { worker, recorder, link };
  }

  async #makeKey({ worker, recorder, link }: CreatedServer, certificate: CertificateType): Promise<CertifiedServer> {
    this.#services.report({ is: 'making keys', certificate });
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
  /** There will be something to search. */
  prepareSearch(): void;
  /** The connection is over: whatever its memories were is searched. */
  search(job: SearchJob): Promise<SearchResult>;
  report(state: SourceState): void;
}

/** All parties, in their workers. One run at a time. Failures are {@link NetworkError}s, and reported. */
export class Parties {
  readonly #services: Services;
  readonly #searcher = new Searcher(startSearchWorker);
  #lasting: PartyGroup;
  #last: Promise<unknown> = Promise.resolve();

  /** Is ready for runs while the module is still on its way; keys are made by the first run that needs them, or before. */
  constructor(module: Promise<WebAssembly.Module>, report: (state: SourceState) => void) {
    const searcher = this.#searcher;
    this.#services = {
      start: (role) => startWorker(role, module),
      prepareSearch: () => searcher.prepare(),
      search: (job) => {
        report({ is: 'searching' });
        return searcher.searchAll(job);
      },
      report,
    };
    this.#lasting = new PartyGroup(this.#services, undefined);
  }

  /** Runs a connection from beginning to end. A handshake that fails is a run, too. */
  run(options: RunOptions): Promise<Run> {
    return this.#inTurn(async () => {
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

  /** Begins to make the server's key pair, before a run asks for it. A failure is reported by the run that does. */
  prepare(certificate: CertificateType): void {
    this.#lasting.prepareServer(certificate).catch(() => {});
  }

  /** Has the server make a new key pair, to be used from the next run on. The old one is gone with its worker. */
  newServerKey(certificate: CertificateType): Promise<void> {
    return this.#inTurn(async () => {
      await this.#lasting.dismissServer(certificate);
      await this.#lasting.prepareServer(certificate);
    });
  }

  /** One at a time: the parties have one connection each. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#reported(work));
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #reported<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      this.#services.report({ is: 'ready' });
      return result;
    } catch (error) {
      const failure = failureOf(error);
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
