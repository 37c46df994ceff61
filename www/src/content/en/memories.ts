// What is said of the searched memories at every step: strip, Eve, banner, what is erased, what a search cannot show.

import type { Party } from '../../run/model';
import { bytes, copies, names, number, plural, searches, The, whose } from './names';

export const memories = {
  strip: {
    label: "Where a search of the memories finds the server's private key, up to this step",
    key: "Server's private key",
    keyShort: 'Private key',
    found: 'found',
    notFound: 'not found',
    searched: (party: Party, n: number) => `${names[party]}, ${searches(n)}`,
    who: (party: Party) => names[party],
  },

  /** Over all searches of a run. */
  ever: (all: number, found: number) =>
    found === 0 ? `not found in any of ${searches(all)}` : `found in ${number(found)} of ${searches(all)}`,

  eve: {
    title: 'Eve',
    nothing: 'Nothing has crossed the wire yet.',
    open: (n: number) => `${plural(n, 'record', 'records')} kept, ${n === 1 ? 'readable' : 'all readable'}.`,
    butOneField: (n: number) => `${plural(n, 'record', 'records')} kept, all readable but one field.`,
    encrypted: (n: number, encrypted: number) =>
      `${plural(n, 'record', 'records')} kept, ${number(encrypted)} of them encrypted.`,
    lacksField: (what: string) => `To read it she lacks: ${what}.`,
    lacksThem: (what: string) => `To read them she lacks: ${what}.`,
    lacksReply: (what: string) => `To read this reply she lacks: ${what}.`,
    /** Between two of these sentences. */
    between: ' ',
    value: (label: string) => `the ${label}`,
    ephemeral: (step: string) => `a one-time private key, erased at ${step}`,
  },

  banner: {
    planted: "The search found the server's private key in the client's memory.",
    plantedWhy: (at: string) =>
      `You planted it: at ${at} the page itself posted the key into the client's worker. No party sent it.`,
    takeOut: 'Take it out again',
    heading: 'A declaration and a search disagree.',
    declared: (party: Party, value: string) =>
      `${The(party)} declares that it holds this value; the search does not find it as declared: ${value}.`,
    undeclared: (party: Party, value: string) =>
      `${The(party)} does not declare that it holds this value; the search finds it: ${value}.`,
    copies,
    pieces: (n: number) => `${plural(n, 'piece', 'pieces')} of it, apart from whole copies.`,
    posted: (party: Party, value: string, call: string) =>
      `The page posted a value into ${whose(party)} worker (“${call}”), where nobody declares to hold it: ${value}.`,
    notYetPlanted: (at: string) => `In this run the page plants the server's private key in the client, at ${at}.`,
  },

  showAt: (value: string, party: Party, address: string) => `Show ${whose(party)} memory at ${address}: ${value}`,

  limits: {
    title: 'What this search cannot show',
    bytes:
      'We search for bytes, not for information. A key that lies there in another form (encrypted, or taken apart) would not be found. So the code keeps no key in another form from one call to the next: it builds what a library needs inside a call, and overwrites it.',
    linear:
      "We search the linear memory of each party's WebAssembly module: all that its code can read and write. We cannot search the JavaScript heap of its worker.",
    posted: 'What the page posts into a worker passes that heap. So all of it is searched as well; up to this step:',
    postedAll: 'What the page posts into a worker passes that heap. So all of it is searched as well; in this run:',
    count: (party: Party, n: number, size: number) =>
      `into ${whose(party)} worker: ${plural(n, 'message', 'messages')}, ${bytes(size)}`,
    key: "server's private key:",
  },

  erased: {
    heading: 'Watch it vanish',
    before: (party: Party, n: number) => `${names[party]}, before: ${copies(n)}`,
    after: (n: number, size: number, zeros: number) => {
      const found = n === 0 ? 'none' : copies(n);
      if (zeros === size) return `after: ${found}; zeros`;
      return `after: ${found}; ${number(zeros)} of ${bytes(size)} are zeros, the rest belongs to what lies there now`;
    },
    unseen: (party: Party, tooShort: number | undefined) =>
      `${names[party]}: ${tooShort === undefined ? 'made and erased within this step' : `${bytes(tooShort)}, too short to search for`}`,
    show: (value: string, party: Party, address: string) =>
      `Look at ${address} in ${whose(party)} memory, where this was: ${value}`,
  },
} as const;
