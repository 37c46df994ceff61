/** As much of WebDriver (https://www.w3.org/TR/webdriver2/) as one page in Firefox takes, through geckodriver. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface Firefox {
  open(url: string): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  /** Runs `body` as a function's body in the page, and gives what it returns. */
  evaluate<T>(body: string): Promise<T>;
  /** Types keys into whatever has the focus. */
  press(...keys: string[]): Promise<void>;
  end(): Promise<void>;
}

/** Keys without a character, as WebDriver writes them. */
export const KEYS = { end: '\uE010', home: '\uE011', left: '\uE012', right: '\uE014', enter: '\uE007' } as const;

export async function startFirefox(): Promise<Firefox> {
  const port = await freePort();
  const driver = spawn(process.env.GECKODRIVER ?? 'geckodriver', ['--host', '127.0.0.1', '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Firefox says a lot that is of no interest unless it does not start.
  const said: string[] = [];
  driver.stderr.on('data', (data: Buffer) => said.push(data.toString()));
  const failed = once(driver, 'error').then(([error]) => {
    throw new Error(`geckodriver does not start: ${String(error)}`);
  });
  failed.catch(() => {});
  const base = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([ready(base, driver), failed]);
    const options = { args: ['-headless'], ...(process.env.FIREFOX ? { binary: process.env.FIREFOX } : {}) };
    const session = await send<{ sessionId: string }>('POST', `${base}/session`, {
      capabilities: { alwaysMatch: { browserName: 'firefox', 'moz:firefoxOptions': options } },
    });
    return connected(driver, `${base}/session/${session.sessionId}`);
  } catch (error) {
    driver.kill();
    throw new Error(`Firefox does not start. ${said.join('')}`, { cause: error });
  }
}

function connected(driver: ChildProcess, session: string): Firefox {
  return {
    open: (url) => send('POST', `${session}/url`, { url }),
    resize: (width, height) => send('POST', `${session}/window/rect`, { width, height }),
    evaluate: (body) => send('POST', `${session}/execute/sync`, { script: body, args: [] }),
    press: async (...keys) => {
      const actions = keys.flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]);
      await send('POST', `${session}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
    },
    end: async () => {
      await send('DELETE', session);
      const ended = once(driver, 'exit');
      driver.kill();
      await ended;
    },
  };
}

async function ready(base: string, driver: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (driver.exitCode !== null) throw new Error(`geckodriver ended with code ${driver.exitCode}`);
    const status = await send<{ ready: boolean }>('GET', `${base}/status`).catch(() => undefined);
    if (status?.ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('geckodriver is not ready after ten seconds');
}

async function send<T>(method: string, url: string, body?: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method, ...(body === undefined ? {} : { headers, body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${method} ${url}: ${value?.error ?? response.status}: ${value?.message ?? ''}`);
  return value;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
