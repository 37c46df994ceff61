// The words of Test the claim: one record and four clients with different keys.

import { bytes, plural } from '../names';

export const claim = {
  intro: (n: number) =>
    `The server's reply of this connection, ${bytes(n)}, and all that crossed the wire. Four clients that only listened try to read it, with the same code; they differ in the keys they are given.`,
  none: 'This connection ended before the reply: there is no record to try.',
  table: 'Four clients, by the keys they are given',
  withKey: "with the server's private key",
  withoutKey: "without the server's private key",
  withData: 'with the data key, server to client',
  withoutData: 'without the data key, server to client',
  reads: 'reads the reply',
  readsNot: 'cannot read it',
  how: {
    recorded: 'recorded',
    given: 'given',
    computed: (by: string) => (by ? `computed with ${by}` : 'computed'),
    missing: 'missing',
    erased: (step: string) => `missing: erased at step ${step}`,
  },
  /** Between a value and how it was come by. */
  between: ', ',
  mark: { yes: '✓', no: '✗' },
  notNeeded: 'given, and not needed',
  noUse: 'given, but nothing in this recording is encrypted to it',
  opens: (by: string) => `the record opens with ${by}`,
  opensNot: (by: string) => `${by} does not open the record`,
  plaintext: 'What it reads',
  closed: 'The record, as it crossed the wire',
  conclusion: 'What this shows',
  conclusions: {
    'key alone': (n: number) =>
      `The server's private key and the recording of ${plural(n, 'record', 'records')} suffice: whoever has both computes the data keys.`,
    'key opens nothing': () =>
      "The server's private key opens nothing of this recording: with it a client reads no more than without it.",
    'data key alone': () =>
      "The data key suffices, and the server's private key adds nothing to it: the client does not need that key.",
    neither: () => 'With neither of the two, the reply stays closed.',
    unexpected: () => 'These outcomes contradict each other: more keys opened less.',
  },
} as const;
