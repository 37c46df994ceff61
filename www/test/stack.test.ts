/**
 * How deep the stack goes. It lies at the beginning of the memory and grows towards address 0: what overruns it leaves the memory,
 * which ends the party. So nothing may come near.
 */

import { expect, it } from 'vitest';
import { PAGE } from './parties';

type Binding = typeof import('../pkg/tls_glass.js');
type Exports = ReturnType<Binding['initSync']>;
type KeyExchange = import('../pkg/tls_glass.js').KeyExchange;
type Group = import('../pkg/tls_glass.js').Group;

/** What is left free, whatever is done: half of the stack. */
const MARGIN = 1 / 2;
const SEED = { time: 1_795_132_800 } as const;

/** An instance whose stack nobody overwrites, so that what calls left there shows how deep they went. */
async function instance(owner: string): Promise<{ glue: Binding; depth: () => number; size: number }> {
  const glue = (await import(/* @vite-ignore */ `${PAGE.binding}?owner=${owner}`)) as Binding;
  const exports = glue.initSync({ module: PAGE.module }) as Exports & { __stack_pointer: WebAssembly.Global };
  const size = exports.__stack_pointer.value as number;
  const depth = () => {
    const lowest = new Uint8Array(exports.memory.buffer, 0, size).findIndex((byte) => byte !== 0);
    return lowest === -1 ? 0 : size - lowest;
  };
  return { glue, depth, size };
}

it('leaves half of itself free, in all that a party does', { timeout: 120_000 }, async () => {
  const { glue, depth, size } = await instance('deep');
  const environment = (number: number) => ({ ...SEED, seed: new Uint8Array(32).fill(number) });
  const deepest: [string, number][] = [];
  const did = (what: string) => deepest.push([what, depth()]);

  const authority = new glue.Authority(environment(1));
  authority.establish();
  did('establish');
  const handshakes: readonly (readonly [KeyExchange, Group, 'rsa' | 'ecdsa_p256'])[] = [
    ['rsa', 'x25519', 'rsa'],
    ['ecdhe_rsa', 'secp256r1', 'rsa'],
    ['ecdhe_ecdsa', 'x25519', 'ecdsa_p256'],
    ['dhe_rsa', 'ffdhe3072', 'rsa'],
  ];
  for (const [keyExchange, group, key] of handshakes) {
    const server = new glue.Server(environment(2));
    const client = new glue.Client(environment(3));
    server.generateKeyPair(key);
    did(`generate ${key}`);
    const { request } = server.requestCertificate('bank.example');
    server.installCertificate(authority.issue(request, 'bank.example').chain);
    client.installTrustAnchor(authority.rootCertificate());
    server.installTrustAnchor(authority.rootCertificate());
    client.generateKeyPair('ecdsa_p256');
    const own = client.requestCertificate().request;
    client.installCertificate(authority.issueToClient(own, 'Alice').chain);
    did('certificates');
    const choice = { ciphers: ['aes_128_gcm' as const], groups: [group], applicationProtocols: [] };
    server.accept({ ...choice, keyExchanges: [keyExchange], clientCertificates: 'required' });
    client.connect({
      ...choice,
      keyExchanges: [keyExchange],
      serverName: 'bank.example',
      request: { path: '/account' },
    });
    const done: string[] = [];
    for (let idle = false; !idle; ) {
      idle = true;
      for (const [from, to] of [
        [client, server],
        [server, client],
      ] as const) {
        for (let unit = from.advance(); unit; unit = from.advance()) {
          idle = false;
          to.receive(unit.output);
          done.push(unit.unit.action);
          did(`${keyExchange} ${unit.unit.action}`);
        }
      }
    }
    expect(done).toContain('receive_application_data');
  }

  const most = Math.max(...deepest.map(([, bytes]) => bytes));
  const where = deepest.find(([, bytes]) => bytes === most)?.[0];
  process.stdout.write(`the stack: ${most} of ${size} bytes used at most, by "${where}"\n`);
  expect(most).toBeGreaterThan(1024);
  expect(most, `the deepest is "${where}"`).toBeLessThan(size * MARGIN);
});
