/** Each party's own seed, derived from the run's: a party that knew the run's seed would know every secret of the run. */

import type { Environment } from '../../pkg/tls_glass.js';
import type { Party, Seed } from '../run/model';
import { NetworkError } from './errors';

/** HKDF-SHA256 without salt, as `party_seed` in src/entropy.rs computes it. */
export async function partySeed(seed: Uint8Array<ArrayBuffer>, party: Party): Promise<Uint8Array> {
  if (!globalThis.crypto?.subtle) throw new NetworkError({ code: 'missing', what: 'crypto.subtle' });
  const key = await crypto.subtle.importKey('raw', seed, 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode(`tls-glass party ${party}`);
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
    key,
    256,
  );
  return new Uint8Array(bits);
}

/** What a party has from the world: chance and the real time, or all from a seed. */
export async function environmentOf(seed: Seed | undefined, party: Party): Promise<Environment> {
  return seed ? { seed: await partySeed(seed.bytes, party), time: seed.time } : {};
}
