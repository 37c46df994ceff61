import { describe, expect, it } from 'vitest';
import type { ChoiceName } from '../../run/choices';
import { parseOptions } from './options';
import { type Asked, granted, lastNamed, type Wishes, wishesAfter } from './wishes';

/** One choice after the other, as a reader makes them. */
function chosenBy(
  ...choices: readonly Partial<Record<ChoiceName, string>>[]
): Readonly<Record<ChoiceName, string | undefined>> {
  let wishes: Wishes = {};
  let asked: Asked = {};
  for (const choice of choices) {
    const { run } = parseOptions(asked).options;
    wishes = wishesAfter(wishes, asked, run, choice);
    asked = granted(wishes, run);
  }
  return asked as ReturnType<typeof granted>;
}

describe('a choice that another one displaces', () => {
  it('comes back when that one is undone: a cipher that RSA does not have', () => {
    const first = [{ handshake: 'ecdhe' }, { cipher: 'chacha20-poly1305' }, { handshake: 'rsa' }];
    expect(chosenBy(...first)).toMatchObject({ handshake: 'rsa', cipher: undefined });
    expect(chosenBy(...first, { handshake: 'ecdhe' })).toMatchObject({
      handshake: 'ecdhe',
      cipher: 'chacha20-poly1305',
    });
  });

  it('does not come back if it was given up', () => {
    const all = [
      { handshake: 'ecdhe' },
      { cipher: 'aes-128-cbc' },
      { cipher: 'chacha20-poly1305' },
      { handshake: 'rsa' },
    ];
    expect(chosenBy(...all).cipher).toBeUndefined();
    expect(chosenBy(...all, { cipher: 'aes-256-gcm' }, { handshake: 'ecdhe' }).cipher).toBe('aes-256-gcm');
  });

  it('comes back each in its own place: the group of a curve, and that of a finite field', () => {
    const both = [{ handshake: 'ecdhe' }, { group: 'secp256r1' }, { handshake: 'dhe' }, { group: 'ffdhe3072' }];
    expect(chosenBy(...both).group).toBe('ffdhe3072');
    expect(chosenBy(...both, { handshake: 'ecdhe' }).group).toBe('secp256r1');
    expect(chosenBy(...both, { handshake: 'ecdhe' }, { group: 'x25519' }).group).toBe('x25519');
    expect(chosenBy(...both, { handshake: 'ecdhe' }, { handshake: 'dhe' }).group).toBe('ffdhe3072');
  });

  it('comes back through several: what a session needs', () => {
    const off = [{ resumption: 'session-id' }, { ems: 'off' }];
    expect(chosenBy(...off).resumption).toBeUndefined();
    expect(chosenBy(...off, { ems: 'on' }).resumption).toBe('session-id');
    expect(chosenBy(...off, { clientcert: 'missing' }, { ems: 'on' }).resumption).toBeUndefined();
    expect(chosenBy(...off, { clientcert: 'missing' }, { ems: 'on' }, { clientcert: 'off' }).resumption).toBe(
      'session-id',
    );
  });

  it('changes no key exchange, whatever else is chosen', () => {
    for (const choice of [{ cipher: 'aes-128-cbc' }, { certificate: 'ecdsa' }, { group: 'ffdhe3072' }]) {
      expect(chosenBy({ handshake: 'ecdhe' }, choice).handshake).toBe('ecdhe');
      expect(chosenBy({ handshake: 'rsa' }, choice).handshake).toBe('rsa');
    }
  });
});

it('the last key exchange with a server that shows who it is is known, also where the server is anonymous now', () => {
  const { run } = parseOptions({ handshake: 'ecdhe' }).options;
  const wishes = wishesAfter({}, {}, run, { handshake: 'dh-anon' });
  expect(lastNamed(wishes, 'dh-anon')).toBe('ecdhe');
  expect(lastNamed({}, 'dhe')).toBe('dhe');
  expect(lastNamed({}, undefined)).toBe('rsa');
});
