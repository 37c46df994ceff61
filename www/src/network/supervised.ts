/** Calls to a worker, which fail once the worker has crashed. */

import { type Remote, wrap } from 'comlink';
import { NetworkError } from './errors';

export interface Supervised<T> {
  readonly remote: Remote<T>;
  readonly end: () => void;
}

/** The remote object, with each call in a race against the worker's end, and with its errors sorted. */
export function supervised<T>(
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
