// What is said of the reply, where the client reads it, and the ways on from there.

import { number, plural } from '../names';

export const reply = {
  encrypted: (records: number) => `On the wire${records === 1 ? '' : `, in ${number(records)} records`}`,
  decrypted: 'Read by the client',
  write: 'Write another request or reply',
  /** Where bytes are cut. */
  more: (n: number) => `and ${plural(n, 'more byte', 'more bytes')}`,
  /** `said` of all searches of the client's memory so far. */
  key: (said: string) => `The server's private key in the client's memory: ${said}.`,
  planted: (at: string) => `You planted it there at ${at}.`,
  on: 'Ways on',
  browsers: 'Now the way browsers do it: ECDHE',
  question: 'Back to the question',
  search: 'Search the memories yourself',
} as const;
