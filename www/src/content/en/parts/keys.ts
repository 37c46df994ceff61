// The words of the drawer with the table of keys: who holds what.

import type { ValueKind } from '../../../run/model';
import { bytes, copies, plural, searches } from '../names';

export const keys = {
  intro:
    'What each memory holds, by a search at the end of this step. The parties also declare what they hold; the page compares both.',
  agree: (n: number) => `In all ${searches(n)} up to this step, declaration and search agree.`,
  disagree: (n: number) => `In this step they disagree about ${plural(n, 'value', 'values')}.`,
  scroll: 'Who holds what: a table, scrolls sideways',
  value: 'Value',
  use: 'What it is for',
  groups: {
    private_key: 'Private keys',
    server_secret: "The server's other secret keys",
    ephemeral_private_key: 'One-time private keys',
    shared_secret: 'Shared secrets',
    traffic_key: 'Traffic keys',
    seed: 'Seeds',
    plaintext: 'Plaintext',
    public_key: 'Public keys',
    certificate: 'Certificates',
    public: 'Public values',
  } satisfies Record<ValueKind, string>,
  notFound: 'not found',
  /** Of what is not searched for. */
  notDeclared: 'not declared',
  notYet: 'not yet',
  notMade: 'not made yet',
  held: 'held',
  /** After `held`. */
  new: ', new',
  usedNow: ', used now',
  erasedAt: (step: string) => `erased at ${step}`,
  erasedNow: 'erased now',
  gone: 'no longer found',
  copies,
  tooShort: (n: number) => `${bytes(n)}: too short to search for, as declared`,
  untold: 'its bytes are not told: not searched for, as declared',
  disagrees: 'declaration and search disagree',
} as const;
