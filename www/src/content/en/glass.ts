// The words of the searched memories: strip, Eve, keys, Find in memory, the claim's test, what is erased, the limits.

import type { Party, ValueKind } from '../../run/model';
import { listOf, names, number, plural, The, whose } from './names';

const label = (party: Party): string => names[party].replace(/^./, (first) => first.toUpperCase());
const searches = (n: number): string => plural(n, 'search', 'searches');
const bytes = (n: number): string => plural(n, 'byte', 'bytes');
const copies = (n: number): string => plural(n, 'copy', 'copies');

export const glass = {
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
    titleLong: 'Eve, on the wire',
    nothing: 'Nothing has crossed the wire yet.',
    open: (n: number) => `${plural(n, 'record', 'records')} kept, ${n === 1 ? 'readable' : 'all readable'}`,
    butOneField: (n: number) => `${plural(n, 'record', 'records')} kept, all readable but one field`,
    encrypted: (n: number, encrypted: number) =>
      `${plural(n, 'record', 'records')} kept, ${number(encrypted)} of them encrypted`,
    lacksField: (what: string) => `To read it she lacks: ${what}`,
    lacksThem: (what: string) => `To read them she lacks: ${what}`,
    lacksReply: (what: string) => `To read this reply she lacks: ${what}`,
    ephemeral: (step: string) => `a one-time private key, erased at ${step}`,
  },

  banner: {
    planted: "The search found the server's private key in the client's memory.",
    plantedWhy: (step: string) =>
      `You planted it: at step ${step} the page itself posted the key into the client's worker. No party sent it.`,
    takeOut: 'Take it out again',
    heading: 'A declaration and a search disagree.',
    declared: (party: Party, value: string) =>
      `${The(party)} declares that it holds the ${value}; the search does not find it as declared.`,
    undeclared: (party: Party, value: string) =>
      `${The(party)} does not declare that it holds the ${value}; the search finds it.`,
    copies,
    pieces: (n: number) => `${plural(n, 'piece', 'pieces')} of it, apart from whole copies.`,
    posted: (party: Party, value: string, call: string) =>
      `The page posted the ${value} into ${whose(party)} worker (“${call}”), where nobody declares to hold it.`,
    still: (step: string) => `In this run the page plants the server's private key in the client, at step ${step}.`,
  },

  drawers: {
    label: 'Look closer',
    bytes: 'Bytes',
    keys: 'Keys',
    memory: 'Find in memory',
    claim: 'Test the claim',
    close: (title: string) => `Close: ${title}`,
    after: (step: string) => `after step ${step}`,
    atEnd: 'after the last step',
  },

  keys: {
    intro:
      'What each memory holds, by a search at the end of this step. The parties also declare what they hold; the page compares both.',
    agree: (n: number) => `In all ${searches(n)} up to this step, declaration and search agree.`,
    disagree: (n: number) => `In this step they disagree about ${plural(n, 'value', 'values')}.`,
    scroll: 'Who holds what: a table, scrolls sideways',
    value: 'Value',
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
    notYet: 'not yet',
    notMade: 'not made yet',
    held: 'held',
    new: 'new',
    usedNow: 'used now',
    erasedAt: (step: string) => `erased at ${step}`,
    erasedNow: 'erased now',
    gone: 'no longer found',
    copies,
    tooShort: (n: number) => `${bytes(n)}: too short to search for, as declared`,
    showAt: (value: string, party: Party, address: string) =>
      `Show the ${value} in ${whose(party)} memory at ${address}`,
    disagrees: 'declaration and search disagree',
  },

  memory: {
    find: 'Find',
    what: 'What to find',
    own: 'bytes of my own',
    part: (value: string, part: string) => (part ? `${value}, ${part}` : value),
    field: 'Bytes or text to find',
    readAs: 'Read as',
    hex: 'hexadecimal',
    text: 'text',
    readHex: (n: number) => `Read as hexadecimal: ${bytes(n)}.`,
    readText: (n: number) => `Read as text: ${bytes(n)} in UTF-8.`,
    notHex: 'This is not hexadecimal: two digits a byte, with or without spaces.',
    empty: 'Nothing to find yet: choose a value, or type bytes or text.',
    searching: 'Searching.',
    failed: (reason: string) => `The search did not come to an end: ${reason}. This says nothing about what is there.`,
    summary: (places: readonly string[]) =>
      places.length === 0 ? 'Found in no memory.' : `Found in the memory of ${listOf(places)}.`,
    matches: (n: number) => (n === 0 ? 'not found' : plural(n, 'match', 'matches')),
    heading: (party: Party) => `${label(party)}'s memory`,
    size: (all: string, used: string) => `${all}, ${used} in use`,
    at: (address: string) => `at ${address}`,
    moreAddresses: (n: number) => `and ${number(n)} more`,
    show: (party: Party, address: string) => `Show ${whose(party)} memory at ${address}`,
    stack: (size: string) => `stack, ${size}: overwritten with zeros after every call`,
    statics: (size: string, cell: number) => `static data, ${size}: ${number(cell)} bytes a square`,
    heap: (size: string, cell: number) => `heap, ${size}: ${number(cell)} bytes a square`,
    picture: (party: Party, size: string) => `Picture of ${whose(party)} memory: ${size}.`,
    pictureFound: (what: readonly string[]) =>
      what.length === 0 ? 'None of the values of this run was found in it.' : `Found in it: ${what.join('; ')}.`,
    pictureValue: (value: string, n: number, where: string) => `${value}, ${copies(n)}, the first at ${where}`,
    pictureHint: 'A click on it shows the bytes there.',
    legend: (party: Party) => `What was found in ${whose(party)} memory`,
    nothingFound: 'None of the values of this run.',
    hitLegend: 'what you look for',
    plant: 'Plant it in the client',
    plantNote: "Would the search find it? Plant the server's private key in the client at this step, and see.",
    planted: (step: string) =>
      `The page has planted the server's private key in the client at step ${step}: it posted the key into the client's worker. The search finds it, so it would have found it before.`,
    download: 'Download this memory',
    file: (party: Party, step: string) => `tls-glass-${party === 'eavesdropper' ? 'eve' : party}-${step}.bin`,
    commands: 'Search the file yourself',
    commandsNote: (file: string, what: string) => `With ${file} in this folder. What is searched for: ${what}.`,
    countCommand: 'How many, with xxd and grep',
    pythonCommand: 'At which addresses, with Python',
    copy: 'Copy',
    copied: 'Copied.',
    selected: 'Selected: copy it with your keyboard.',
    copyLabel: (what: string) => `Copy the command: ${what}`,
  },

  hex: {
    title: (party: Party, from: string, to: string) => `${label(party)}'s memory, ${from} to ${to}`,
    label: (party: Party) => `Bytes of ${whose(party)} memory. Page up and page down turn the pages.`,
    back: 'All memories',
    previous: 'Previous page',
    next: 'Next page',
    go: 'Go to address',
    goButton: 'Go',
    badAddress: (last: string) => `Addresses go from 0x0 to ${last}.`,
    here: 'Found on this page',
    none: 'None of the values of this run is on this page.',
    hit: 'what you look for',
    item: (value: string, from: string, to: string) => `${value}, ${from} to ${to}`,
    reversed: 'last byte first',
    stack: 'stack, overwritten with zeros',
    statics: 'static data',
    heap: 'heap',
  },

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

  claim: {
    intro: (n: number) =>
      `The server's reply of this connection, ${bytes(n)}, and all that crossed the wire. Four clients that only listened try to read it, with the same code; they differ in the keys they are given.`,
    none: 'This connection ended before the reply: there is no record to try.',
    table: 'Four clients, by the keys they are given',
    withKey: "with the server's private key",
    withoutKey: "without the server's private key",
    withData: 'with the server-to-client data key',
    withoutData: 'without the server-to-client data key',
    reads: 'reads the reply',
    readsNot: 'cannot read it',
    how: {
      recorded: 'recorded',
      given: 'given',
      computed: (by: string) => (by ? `computed with ${by}` : 'computed'),
      missing: 'missing',
      erased: (step: string) => `missing: erased at step ${step}`,
    },
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
      `Look at ${address} in ${whose(party)} memory, where the ${value} was`,
  },
} as const;
