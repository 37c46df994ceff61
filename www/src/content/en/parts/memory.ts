// The words of Find in memory: the search, the pictures, the bytes at an address, what can be done with a memory as a file.

import type { Party } from '../../../run/model';
import { bytes, copies, names, number, plural, whose } from '../names';

const label = (party: Party): string => names[party].replace(/^./, (first) => first.toUpperCase());

const matches = (n: number): string => (n === 0 ? 'not found' : plural(n, 'match', 'matches'));

export const memory = {
  find: 'Find',
  what: 'What to find',
  own: 'bytes of my own',
  part: (value: string, part: string) => (part ? `${value}, ${part}` : value),
  /** In a list that takes text alone. */
  choice: (value: string, rfc: string | undefined, part: string) => [value, rfc, part].filter(Boolean).join(', '),
  field: 'Bytes or text to find',
  readAs: 'Read as',
  notations: { hex: 'hexadecimal', text: 'text' },
  readHex: (n: number) => `Read as hexadecimal: ${bytes(n)}.`,
  readText: (n: number) => `Read as text: ${bytes(n)} in UTF-8.`,
  notHex: 'This is not hexadecimal: two digits a byte, with or without spaces.',
  empty: 'Nothing to find yet: choose a value, or type bytes or text.',
  searching: 'Searching.',
  failed: (reason: string) => `The search did not come to an end: ${reason}. This says nothing about what is there.`,
  matches,
  heading: (party: Party, n: number) => `${label(party)}'s memory: ${matches(n)}`,
  size: (all: string, used: string) => `${all}, ${used} in use`,
  moreAddresses: (n: number) => `and ${number(n)} more`,
  show: (party: Party, address: string) => `Show ${whose(party)} memory at ${address}`,
  stack: (size: string) => `stack, ${size}: overwritten with zeros after every call`,
  statics: (size: string, cell: number) => `static data, ${size}: ${number(cell)} bytes a square`,
  heap: (size: string, cell: number) => `heap, ${size}: ${number(cell)} bytes a square`,
  /** A picture in words. */
  picture: (party: Party, size: string, found: readonly string[]) =>
    [
      `Picture of ${whose(party)} memory: ${size}.`,
      found.length === 0 ? 'None of the values of this run was found in it.' : `Found in it: ${found.join('; ')}.`,
      'A click on it shows the bytes there.',
    ].join(' '),
  pictureValue: (value: string, n: number, where: string) => `${value}, ${copies(n)}, the first at ${where}`,
  legend: (party: Party) => `What was found in ${whose(party)} memory`,
  nothingFound: 'None of the values of this run.',
  hitLegend: 'what you look for',
  plant: 'Plant it in the client',
  plantNote: "Would the search find it? Plant the server's private key in the client at this step, and see.",
  planted: (at: string) =>
    `The page has planted the server's private key in the client at ${at}: it posted the key into the client's worker. The search finds it, so it would have found it before.`,
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

  /** The bytes at an address. */
  hexView: {
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
    /** After a value's name. */
    item: (part: string, from: string, to: string) => `${part ? `, ${part}` : ''}, ${from} to ${to}`,
    /** After an item. */
    reversed: ', last byte first',
    stack: 'stack, overwritten with zeros',
    statics: 'static data',
    heap: 'heap',
  },
} as const;
