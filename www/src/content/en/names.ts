// How the parties are called inside a sentence, and what numbers and lists look like.

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

/** With as many digits as the options ask for; by default all before the point. */
export const number = (n: number, options?: Intl.NumberFormatOptions): string => n.toLocaleString('en', options);

/** "a", "a and b", "a, b and c", as in British English: no comma before the last one. */
export const list = (items: readonly string[], last: 'and' | 'or' = 'and'): string =>
  new Intl.ListFormat('en-GB', { type: last === 'and' ? 'conjunction' : 'disjunction' }).format(items);

export const plural = (n: number, one: string, many: string): string => `${number(n)} ${n === 1 ? one : many}`;

export const bytes = (n: number): string => plural(n, 'byte', 'bytes');
export const copies = (n: number): string => plural(n, 'copy', 'copies');
export const searches = (n: number): string => plural(n, 'search', 'searches');
