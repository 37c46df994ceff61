/** Starts a worker for each party, all over the one compiled module, and notices when one ends of itself. */

import type { Party } from '../run/model';
import { NetworkError } from './errors';
import type { AnyLink, Hosts, Link, WorkerRole } from './party-hosts';
import { MemoryReader } from './recorder';
import { supervised } from './supervised';
import { CRASHED } from './worker-host';

/** A party's worker. Every call on `link` fails once the worker has crashed, instead of waiting for ever. */
export interface PartyWorker<R extends WorkerRole> {
  readonly party: R;
  readonly link: Link<R>;
  readonly memory: MemoryReader;
  readonly end: () => void;
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
