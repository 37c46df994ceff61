/** The computation of a handshake, both sides together, in our core beside node-forge's TLS, in one Node.js. */

import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';
import { it } from 'vitest';
import { clientOptions, serverOptions } from '../src/network/party-options';
import type { Endpoint, RunOptions } from '../src/run/model';
import { type LocalParties, OPTIONS, setUp, startParties } from '../test/parties';
import { median, milliseconds, printTable, ratio } from './table';

const ROUNDS = 40;

/** The suite that both have: RSA key exchange, AES-128-CBC, HMAC-SHA1. */
const OURS: RunOptions = { ...OPTIONS, cipher: 'aes-128-cbc' };
const THEIRS = 'TLS_RSA_WITH_AES_128_CBC_SHA';

it('a handshake', async () => {
  const ours = await ourHandshake(OURS);
  const ecdhe = await ourHandshake({ ...OPTIONS, handshake: 'ecdhe' });
  const theirs = forgeHandshake();
  const times = { ours: [] as number[], ecdhe: [] as number[], theirs: [] as number[] };
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, handshake] of [
      ['ours', ours],
      ['theirs', theirs],
      ['ecdhe', ecdhe],
    ] as const) {
      const start = performance.now();
      handshake();
      // The first round is for the compilers.
      if (round > 0) times[name].push(performance.now() - start);
    }
  }
  const other = median(times.theirs);
  const row = (title: string, all: readonly number[]) => [title, milliseconds(median(all)), ratio(median(all), other)];
  printTable(
    `A handshake, client and server, to the second Finished: medians of ${ROUNDS} each, in turn, with a 2048-bit RSA key, in Node.js ${process.version}`,
    [
      ['', 'time', 'of node-forge'],
      row('tls-glass, TLS 1.2, RSA, AES-128-CBC, every byte and value recorded', times.ours),
      row('node-forge, TLS 1.1, RSA, AES-128-CBC', times.theirs),
      row('tls-glass, TLS 1.2, ECDHE x25519, AES-128-GCM, likewise', times.ecdhe),
    ],
  );
});

/** Keys and certificates are there; each call is a connection of a new client, until both sides have the other's Finished. */
async function ourHandshake(options: RunOptions): Promise<() => void> {
  const parties = await startParties();
  await setUp(parties, options);
  const root = parties.authority.rootCertificate();
  return () => {
    parties.client.create({});
    parties.client.installTrustAnchor(root);
    parties.server.accept(serverOptions(options));
    parties.client.connect(clientOptions(options));
    connect(parties);
  };
}

function connect({ client, server }: LocalParties): void {
  const hosts = { client, server };
  const finished = new Set<Endpoint>();
  for (let idle = 0; idle < 2 && finished.size < 2; ) {
    idle = 0;
    for (const party of ['client', 'server'] as const) {
      const advanced = hosts[party].advance();
      if (!advanced) {
        idle += 1;
        continue;
      }
      const { unit, output } = advanced;
      if (unit.events.some(({ type }) => type === 'failure')) throw new Error(`${party} failed in ${unit.action}`);
      if (unit.action === 'receive_finished') finished.add(party);
      if (output.length > 0) hosts[party === 'client' ? 'server' : 'client'].receive(output);
    }
  }
  if (finished.size < 2) throw new Error('the handshake did not come to its end');
}

/** Likewise: an intermediate between root and server, as with ours, though their signatures are RSA's. */
function forgeHandshake(): () => void {
  const [root, intermediate, leaf] = [keyPair(), keyPair(), keyPair()] as const;
  const rootCertificate = certificate('Root', root, 'Root', root, true);
  const chain = [
    certificate('bank.example', leaf, 'Intermediate', intermediate, false),
    certificate('Intermediate', intermediate, 'Root', root, true),
  ];
  const suite = forge.tls.CipherSuites[THEIRS];
  return () => {
    const done = new Set<string>();
    const common = {
      cipherSuites: [suite],
      dataReady: () => {},
      closed: () => {},
      error: (_: unknown, { message }: { readonly message: string }) => {
        throw new Error(message);
      },
    };
    const client = forge.tls.createConnection({
      ...common,
      server: false,
      caStore: [rootCertificate],
      virtualHost: 'bank.example',
      verify: (_, verified) => verified,
      connected: () => done.add('client'),
      tlsDataReady: ({ tlsData }) => server.process(tlsData.getBytes()),
    });
    const server = forge.tls.createConnection({
      ...common,
      server: true,
      verify: (_, verified) => verified,
      getCertificate: () => chain,
      getPrivateKey: () => leaf.privateKey,
      connected: () => done.add('server'),
      tlsDataReady: ({ tlsData }) => client.process(tlsData.getBytes()),
    });
    client.handshake();
    if (done.size < 2) throw new Error("node-forge's handshake did not come to its end");
  };
}

interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

function keyPair(): KeyPair {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
}

function certificate(name: string, own: KeyPair, issuer: string, signer: KeyPair, isAuthority: boolean): string {
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(own.publicKey);
  made.serialNumber = '01';
  made.validity.notBefore = new Date(Date.now() - 86_400_000);
  made.validity.notAfter = new Date(Date.now() + 86_400_000);
  made.setSubject([{ name: 'commonName', value: name }]);
  made.setIssuer([{ name: 'commonName', value: issuer }]);
  made.setExtensions([
    { name: 'basicConstraints', cA: isAuthority, critical: true },
    isAuthority
      ? { name: 'keyUsage', keyCertSign: true, critical: true }
      : { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
  ]);
  made.sign(forge.pki.privateKeyFromPem(signer.privateKey), forge.md.sha256.create());
  return forge.pki.certificateToPem(made);
}
