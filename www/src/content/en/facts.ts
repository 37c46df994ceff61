// What placeholders in the texts of steps are filled with, as far as it is words. The rest is numbers and names of the run.

import type { Party } from '../../run/model';
import { bytes, list, number, plural, the } from './names';

export const facts = {
  /** How often the server uses its private key in the connection. */
  keyUses: (n: number) => (n === 1 ? 'for the only time in this connection' : `${number(n)} times in this connection`),
  dataKeys: {
    same: (keys: number) => `each side derives the same ${number(keys)} data keys`,
    different: (keys: number) => `each side derives ${number(keys)} data keys, which are not the other's`,
    ofOne: (party: Party, keys: number) => `only ${the(party)} derives data keys, ${number(keys)} of them`,
  },
  /** In how many places the one-time private keys are still found. */
  ephemeralKeys: (left: number) =>
    left === 0 ? 'no longer exists' : `is still found in ${plural(left, 'place', 'places')}`,
  /** Likewise, of the data keys of a connection whose session stays. */
  dataKeysAtEnd: (left: number) =>
    left === 0
      ? 'erases the keys of this connection'
      : `erases keys; ${plural(left, 'copy', 'copies')} of this connection's are still found`,
  /** In how many places secrets of the connection are still found. */
  secretsAtEnd: (left: number) =>
    left === 0
      ? 'erases all secrets of this connection'
      : `erases secrets; ${plural(left, 'copy', 'copies')} of this connection's are still found`,
  exceptSeed: ', but for the seed of this seeded run',
  masterSecret: {
    bound: 'PRF(pre_master_secret, "extended master secret", session_hash) (RFC 7627, section 4)',
    plain: 'PRF(pre_master_secret, "master secret", client_random + server_random) (RFC 5246, section 8.1)',
  },
  /** What a record consists of, part by part. */
  recordPart: (name: string, size: number) => `${name} (${bytes(size)})`,
  and: ', ',
  /** Of what takes several records, after what it is called. */
  cut: (records: number) => (records === 1 ? '' : `, cut into ${number(records)} records,`),
  records: (sizes: readonly number[]) =>
    `${sizes.length === 1 ? 'A record' : `${number(sizes.length)} records`} of ${list(sizes.map(bytes))}`,
  extendedMasterSecret: { used: 'in use', unused: 'not in use' },
} as const;
