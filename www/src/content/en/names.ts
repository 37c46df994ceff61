// How the parties are called inside a sentence, and how words become a list.

import type { Party } from '../../run/model';

/** Beside a label, without an article: "client, 14 searches". */
export const names: Record<Party, string> = {
  authority: 'authority',
  client: 'client',
  eavesdropper: 'Eve',
  server: 'server',
};

/** In a sentence: "the client", but "Eve". */
export const the = (party: Party): string => (party === 'eavesdropper' ? names[party] : `the ${names[party]}`);

/** At the head of a sentence. */
export const The = (party: Party): string => the(party).replace(/^t/, 'T');

/** Whose: "the client's", "Eve's". */
export const whose = (party: Party): string => `${the(party)}'s`;

/** "a", "a and b", "a, b and c". */
export function listOf(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

export const number = (n: number): string => n.toLocaleString('en');

export const plural = (n: number, one: string, many: string): string => `${number(n)} ${n === 1 ? one : many}`;
