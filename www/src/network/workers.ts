/** Starts a worker for each party, all over the one compiled module, and notices when one ends of itself. */

import { type Remote, wrap } from 'comlink';
import moduleUrl from '../../pkg/tls_glass_bg.wasm?url';
import type { Party } from '../run/model';
import { LabError } from './errors';
import { type AuthorityHost, type ClientHost, CRASHED, type ServerHost } from './host';
import type { Cast } from './links';

interface Hosts {
  readonly authority: AuthorityHost;
  readonly client: ClientHost;
  readonly server: ServerHost;
}

/** A party's worker. Every call on `link` fails once the worker has crashed, instead of waiting for ever. */
export interface PartyWorker<P extends Party> {
  readonly link: Cast[P];
  readonly end: () => void;
}

export function requireBrowserFeatures(): void {
  if (typeof WebAssembly !== 'object') throw new LabError({ code: 'missing', what: 'WebAssembly' });
  if (typeof Worker !== 'function') throw new LabError({ code: 'missing', what: 'Worker' });
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
    throw new LabError({ code: 'module_load_failed', detail: messageOf(error) });
  }
}

export async function startWorker<P extends Party>(party: P, module: WebAssembly.Module): Promise<PartyWorker<P>> {
  const worker = new Worker(new URL('./party.worker.ts', import.meta.url), { type: 'module', name: party });
  let fail: (error: LabError) => void = () => {};
  const ended = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever waits for a call hears of it; a crash between calls is heard of by the next one.
  ended.catch(() => {});
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    fail(new LabError({ code: 'worker_crashed', party, detail: event.message ?? '' }));
  });
  worker.addEventListener('messageerror', () => {
    fail(new LabError({ code: 'worker_crashed', party, detail: 'messageerror' }));
  });
  const end = (): void => {
    worker.terminate();
    fail(new LabError({ code: 'closed' }));
  };
  const link = watched(wrap<Hosts[P]>(worker), party, ended);
  try {
    await link.load(module);
  } catch (error) {
    end();
    throw error;
  }
  return { link, end };
}

/** The remote object, with each call in a race against the worker's end, and with its errors sorted. */
function watched<P extends Party>(remote: Remote<Hosts[P]>, party: P, ended: Promise<never>): Cast[P] {
  const link = new Proxy(remote, {
    get: (target, property) => {
      // A proxy that had a `then` would be taken for a promise.
      if (typeof property !== 'string' || property === 'then') return undefined;
      const method = Reflect.get(target, property) as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        try {
          return await Promise.race([method(...args), ended]);
        } catch (error) {
          throw sorted(error, party);
        }
      };
    },
  });
  return link as unknown as Cast[P];
}

function sorted(error: unknown, party: Party): LabError {
  if (error instanceof LabError) return error;
  const crashed = !(error instanceof Error) || error.name === CRASHED;
  return new LabError({ code: crashed ? 'worker_crashed' : 'bad_option', party, detail: messageOf(error) });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
