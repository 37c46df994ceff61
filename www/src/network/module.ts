/** The compiled module of all parties, and what a browser needs to run it. */

import moduleUrl from '../../pkg/tls_glass_bg.wasm?url';
import { NetworkError } from './errors';

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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
