import { describe, expect, it } from 'vitest';
import { OPTIONS as MADE } from '../../test/made';
import { certificatesFor, ciphersFor, fitting, groupsFor, HANDSHAKES } from './choices';
import type { RunOptions } from './model';

const OPTIONS: RunOptions = { ...MADE, handshake: 'ecdhe', cipher: 'aes-128-cbc', group: 'secp256r1' };

describe('what goes with what', () => {
  it('leaves what goes together as it is', () => {
    expect(fitting(OPTIONS)).toEqual(OPTIONS);
  });

  it('gives a key exchange the best of what goes with it, in the place of what does not', () => {
    expect(fitting({ ...OPTIONS, handshake: 'dhe' })).toMatchObject({ group: 'ffdhe2048', cipher: 'aes-128-gcm' });
    expect(fitting({ ...OPTIONS, certificate: 'ecdsa' })).toMatchObject({ cipher: 'aes-128-gcm', group: 'secp256r1' });
    expect(fitting({ ...OPTIONS, certificate: 'ecdsa', handshake: 'rsa' })).toMatchObject({
      certificate: 'rsa',
      cipher: 'aes-128-cbc',
    });
  });

  it('has no client certificate where the server shows none', () => {
    expect(fitting({ ...OPTIONS, handshake: 'dh-anon', clientCertificate: 'shown' })).toMatchObject({
      clientCertificate: 'off',
      certificate: 'rsa',
      cipher: 'aes-128-gcm',
      group: 'ffdhe2048',
    });
    expect(fitting({ ...OPTIONS, clientCertificate: 'shown' }).clientCertificate).toBe('shown');
  });

  it('fits itself', () => {
    for (const handshake of HANDSHAKES) {
      for (const certificate of certificatesFor(handshake)) {
        for (const cipher of ciphersFor(handshake, certificate)) {
          for (const group of groupsFor(handshake)) {
            const options = { ...OPTIONS, handshake, certificate, cipher, group };
            expect(fitting(options)).toEqual(options);
          }
        }
      }
    }
  });
});
