/**
 * Workers for tests under Node.js, which has none of the browser's: what would run in a worker runs beside the test, on
 * the other side of a message channel, so that all that passes is cloned or handed over as it is in a browser.
 */

import { readFileSync } from 'node:fs';
import { expose } from 'comlink';
import { vi } from 'vitest';
import { NetworkService } from '../src/network/network-service';
import { AuthorityHost, ClientHost, EavesdropperHost, ServerHost } from '../src/network/party-hosts';
import { SearchService } from '../src/network/search-service';
import { ownGlue } from './parties';

const HOSTS = {
  authority: AuthorityHost,
  client: ClientHost,
  eavesdropper: EavesdropperHost,
  reader: EavesdropperHost,
  server: ServerHost,
};

let made = 0;

export class FakeWorker extends EventTarget {
  /** Those that were started since {@link stubBrowser}, by name. */
  static started: FakeWorker[] = [];

  readonly name: string;
  isTerminated = false;
  readonly #page: MessagePort;
  readonly #inside: MessagePort;

  constructor(_url: URL, { name }: { readonly name: string }) {
    super();
    this.name = name;
    const { port1, port2 } = new MessageChannel();
    this.#page = port1;
    this.#inside = port2;
    this.#page.addEventListener('message', ({ data }) => this.dispatchEvent(new MessageEvent('message', { data })));
    this.#page.start();
    FakeWorker.started.push(this);
    void this.#run();
  }

  static named(name: string): FakeWorker {
    const worker = FakeWorker.started.findLast((each) => each.name === name);
    if (!worker) throw new Error(`no worker is called ${name}`);
    return worker;
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    if (!this.isTerminated) this.#page.postMessage(message, transfer);
  }

  /** Ends of itself, in the middle of whatever it does. */
  crash(message: string): void {
    this.#stop();
    this.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message }));
  }

  terminate(): void {
    this.isTerminated = true;
    this.#stop();
  }

  #stop(): void {
    this.#page.close();
    this.#inside.close();
  }

  async #run(): Promise<void> {
    made += 1;
    const isParty = (name: string): name is keyof typeof HOSTS => Object.hasOwn(HOSTS, name);
    const endpoint = this.#inside as unknown as Parameters<typeof expose>[1];
    if (isParty(this.name)) expose(new HOSTS[this.name](await ownGlue(`worker${made}`)), endpoint);
    else expose(this.name === 'network' ? new NetworkService() : new SearchService(), endpoint);
  }
}

/** As much of a browser as the parties ask for. */
export function stubBrowser(): void {
  FakeWorker.started = [];
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('fetch', async () => {
    const bytes = readFileSync(new URL('../pkg/tls_glass_bg.wasm', import.meta.url));
    return new Response(bytes, { headers: { 'content-type': 'application/wasm' } });
  });
}
