/**
 * RSA key pairs of the module, beside WebCrypto's under Node.js. By turns, in one process: times vary with what else the machine
 * does. How long a key takes is chance, too, so it takes many; ours are the same in every run. Needs no browser.
 */

import { it } from 'vitest';
import { ownGlue, PAGE } from '../test/parties';
import { median, milliseconds, printTable, ratio } from './table';

const KEYS = 60;
/** What the ratio is meant to stay below. */
const LIMIT = 1.3;
const WEBCRYPTO = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
};

it('RSA key pairs', async () => {
  const glue = await ownGlue('rsa-key');
  glue.initSync({ module: PAGE.module });
  const ours: Time[] = [];
  const webCrypto: Time[] = [];
  for (let key = 0; key < KEYS; key++) {
    const server = new glue.Server({ seed: new Uint8Array(32).fill(key), time: 0 });
    ours.push(await timed(() => server.generateKeyPair('rsa')));
    server.free();
    webCrypto.push(await timed(() => crypto.subtle.generateKey(WEBCRYPTO, true, ['sign', 'verify'])));
  }
  const row = (name: string, of: (times: readonly Time[]) => number): readonly string[] => {
    const [our, their] = [of(ours), of(webCrypto)];
    return [name, milliseconds(our), milliseconds(their), ratio(our, their)];
  };
  printTable(`RSA key pairs of 2048 bits, ${KEYS} of each, by turns`, [
    ['', 'ours', 'WebCrypto', `ratio (limit ${LIMIT})`],
    row('mean', (times) => mean(times.map(({ passed }) => passed))),
    row('median', (times) => median(times.map(({ passed }) => passed))),
    row('mean of processor time', (times) => mean(times.map(({ used }) => used))),
  ]);
});

/** Milliseconds: how many passed, and how many all threads of the process computed. */
interface Time {
  readonly passed: number;
  readonly used: number;
}

async function timed(work: () => unknown): Promise<Time> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const passed = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { passed, used: (user + system) / 1000 };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
