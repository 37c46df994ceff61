/** Starts a worker for each party, all over the one compiled module, and notices when one ends of itself. */

import { type Remote, wrap } from 'comlink';
import moduleUrl from '../../pkg/tls_glass_bg.wasm?url';
import type { Party } from '../run/model';
import { NetworkError } from './errors';
import type { AnyLink, Hosts, Link, WorkerRole } from './party-hosts';
import { MemoryReader } from './recorder';
import type { SearchLink, SearchService, SearchWorker } from './searcher';
import { CRASHED } from './worker-host';

/** A party's worker. Every call on `link` fails once the worker has crashed, instead of waiting for ever. */
export interface PartyWorker<R extends WorkerRole> {
  readonly party: R;
  readonly link: Link<R>;
  readonly memory: MemoryReader;
  readonly end: () => void;
}

export function requireBrowserFeatures(): void {
  if (typeof WebAssembly !== 'object') throw new NetworkError({ code: 'missing', what: 'WebAssembly' });
  if (typeof Worker !== 'function') throw new NetworkError({ code: 'missing', what: 'Worker' });
}

/** Compiled once; a compiled module can be handed to workers. */
export async function compileModule(): Promise<WebAssembly.Module> {
  try {
    const response = await fetch(moduleUrl);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    // A server that does not know the type of .wasm files must not keep the page from working.
    const streams = response.headers.get('content-type')?.startsWith('application/wasm') ?? false;
    if (streams) return await WebAssembly.compileStreaming(response);
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (error) {
    throw new NetworkError({ code: 'module_load_failed', detail: messageOf(error) });
  }
}

/** The worker starts at once: its script is fetched and read while the module is. */
export async function startWorker<R extends WorkerRole>(
  role: R,
  module: Promise<WebAssembly.Module>,
): Promise<PartyWorker<R>> {
  const worker = new Worker(new URL('./party.worker.ts', import.meta.url), { type: 'module', name: role });
  // The reader is a listener like Eve.
  const party: Party = role === 'reader' ? 'eavesdropper' : role;
  const crash = (detail: string) => new NetworkError({ code: 'worker_crashed', party, detail });
  const refused = (detail: string) => new NetworkError({ code: 'bad_option', party, detail });
  const { remote, end } = supervised<Hosts[R]>(worker, crash, (error) =>
    error.name === CRASHED ? crash(error.message) : refused(error.message),
  );
  const link = remote as unknown as AnyLink;
  try {
    await link.load(await module);
  } catch (error) {
    end();
    throw error;
  }
  return { party: role, link: remote as unknown as Link<R>, memory: new MemoryReader(() => link.snapshot()), end };
}

/** Whatever goes wrong in this worker, the search was not made. */
export function startSearchWorker(): SearchWorker {
  const worker = new Worker(new URL('./search.worker.ts', import.meta.url), { type: 'module', name: 'search' });
  const crash = (detail: string) => new NetworkError({ code: 'search_crashed', detail });
  const { remote, end } = supervised<SearchService>(worker, crash, (error) => crash(error.message));
  return { link: remote as unknown as SearchLink, end };
}

interface Supervised<T> {
  readonly remote: Remote<T>;
  readonly end: () => void;
}

/** The remote object, with each call in a race against the worker's end, and with its errors sorted. */
function supervised<T>(
  worker: Worker,
  crash: (detail: string) => NetworkError,
  sort: (error: Error) => NetworkError,
): Supervised<T> {
  let fail: (error: NetworkError) => void = () => {};
  const ended = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever waits for a call hears of it; a crash between calls is heard of by the next one.
  ended.catch(() => {});
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    fail(crash(event.message ?? ''));
  });
  worker.addEventListener('messageerror', () => fail(crash('messageerror')));
  const sorted = (error: unknown): NetworkError => {
    if (error instanceof NetworkError) return error;
    return error instanceof Error ? sort(error) : crash(String(error));
  };
  const remote = new Proxy(wrap<T>(worker), {
    get: (target, property) => {
      // A proxy that had a `then` would be taken for a promise.
      if (typeof property !== 'string' || property === 'then') return undefined;
      const method = Reflect.get(target, property) as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        try {
          return await Promise.race([method(...args), ended]);
        } catch (error) {
          throw sorted(error);
        }
      };
    },
  });
  const end = (): void => {
    worker.terminate();
    fail(new NetworkError({ code: 'closed' }));
  };
  return { remote: remote as unknown as Remote<T>, end };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
