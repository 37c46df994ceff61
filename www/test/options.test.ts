/** Bad options are refused by name; they are the only thing that throws. */

import { beforeAll, describe, expect, it } from 'vitest';
import { clientOptions, serverOptions } from '../src/network/party-options';
import { REFUSED } from '../src/network/worker-host';
import { type LocalParties, OPTIONS, startParties } from './parties';

let parties: LocalParties;
beforeAll(async () => {
  parties = await startParties();
  parties.client.create({});
  parties.server.create({});
});

function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof Error && error.name === REFUSED) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('options', () => {
  it('that nobody knows are named', () => {
    const options = { ...clientOptions(OPTIONS), cypher: 'aes' };
    expect(refusal(() => parties.client.connect(options))).toContain('cypher');
  });

  it('with a value that nobody knows are named, with the value', () => {
    const options = { ...clientOptions(OPTIONS), ciphers: ['rc4' as never] };
    const message = refusal(() => parties.client.connect(options));
    expect(message).toContain('ciphers');
    expect(message).toContain('rc4');
  });

  it('that are missing are named', () => {
    const { serverName: _, ...rest } = clientOptions(OPTIONS);
    expect(refusal(() => parties.client.connect(rest as never))).toContain('serverName');
  });

  it('of another type are named', () => {
    const options = { ...serverOptions(OPTIONS), groups: 29 as never };
    expect(refusal(() => parties.server.accept(options))).toContain('groups');
  });

  it('within options are named', () => {
    const options = { ...clientOptions(OPTIONS), request: { pathe: '/' } as never };
    expect(refusal(() => parties.client.connect(options))).toContain('path');
  });

  it('of a seed are checked', () => {
    expect(refusal(() => parties.client.create({ seed: new Uint8Array(31), time: 0 }))).toContain('seed');
    expect(refusal(() => parties.client.create({ seed: new Uint8Array(32) }))).toContain('time');
    expect(refusal(() => parties.client.create({ time: 5 }))).toContain('seed');
  });
});
