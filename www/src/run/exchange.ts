/**
 * What client and server say to each other once the connection stands: a login and the balance of an account, as somebody would want
 * them kept private. Both are invented; the reader may write others. Pure functions.
 */

import type { RunOptions } from './model';

/** What is said unless the reader writes something else. */
export const USUAL = {
  sends: 'user: alice@mail.example\npassword: an-example-and-no-password\n',
  replies: 'Account of Alice Example, invented\nBalance: 4,812.55 EUR\n',
} as const;

/** What the reader may write: who says it by which option. */
export type Said = keyof typeof USUAL;
export const SAID = Object.keys(USUAL) as readonly Said[];

/** The most that the reader may write, in bytes of UTF-8. */
export const MOST_SAID: Readonly<Record<Said, number>> = { sends: 300, replies: 1000 };

export type Fault = 'empty' | 'too long' | 'unreadable';

/** What is wrong with a text; undefined if it can be said as it is. */
export function faultOf(said: Said, text: string): Fault | undefined {
  if (text.trim() === '') return 'empty';
  // Control characters would be invisible, halves of characters have no bytes.
  if (/[^\P{Cc}\n]/u.test(text) || /\p{Cs}/u.test(text)) return 'unreadable';
  return sizeOf(text) > MOST_SAID[said] ? 'too long' : undefined;
}

export function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The content of the reply: what the server was given to say, and where the reply is to be long all entries of the account. */
export function replyContent({ replies, length }: Pick<RunOptions, 'replies' | 'length'>): string {
  return length === 'short' ? replies : `${replies}\n${ENTRIES}`;
}

/** More than a record holds. */
const ENTRIES = Array.from({ length: 420 }, (_, index) => {
  const number = String(index + 1).padStart(3, '0');
  return `Entry ${number}: ${((index * 37) % 90) + 10}.00 EUR to Invented Shop ${number}\n`;
}).join('');
