/** Hands out what changed in a memory since the last time, page by page. */

import { PAGE_SIZE, type Snapshot } from '../run/memory';

const WORDS = PAGE_SIZE / Int32Array.BYTES_PER_ELEMENT;

/** A memory, how far its stack goes, and where its heap begins. */
export interface PartyMemory {
  readonly memory: WebAssembly.Memory;
  /** The stack begins at address 0. */
  readonly stackTop: number;
  readonly heapBase: number;
}

/** Keeps a copy of one memory beside it, to compare with. */
export class Snapshots {
  readonly #source: PartyMemory;
  #copy = new Int32Array();

  constructor(source: PartyMemory) {
    this.#source = source;
  }

  /** The pages that changed, in a buffer of their own that can be handed over. The first time, all that are not empty. */
  take(): Snapshot {
    const { memory, stackTop, heapBase } = this.#source;
    // A memory that grew has another buffer.
    const words = new Int32Array(memory.buffer);
    if (this.#copy.length < words.length) this.#copy = grown(this.#copy, words.length);
    const numbers = changedPages(words, this.#copy, Math.floor(stackTop / PAGE_SIZE));

    const buffer = new ArrayBuffer(numbers.length * (PAGE_SIZE + Uint32Array.BYTES_PER_ELEMENT));
    const bytes = new Uint8Array(buffer, 0, numbers.length * PAGE_SIZE);
    const changed = new Uint32Array(buffer, bytes.length);
    changed.set(numbers);
    numbers.forEach((page, index) => {
      const content = words.subarray(page * WORDS, (page + 1) * WORDS);
      this.#copy.set(content, page * WORDS);
      bytes.set(new Uint8Array(memory.buffer, page * PAGE_SIZE, PAGE_SIZE), index * PAGE_SIZE);
    });
    return { size: memory.buffer.byteLength, stackTop, heapBase, changed, bytes };
  }
}

function grown(words: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(words);
  return larger;
}

/** Compares four words of 32 bits at a time: bytes take far longer, and 64-bit words are slow in JavaScript. */
function changedPages(words: Int32Array, copy: Int32Array, first: number): number[] {
  const differs = (at: number): number => (words[at] as number) ^ (copy[at] as number);
  const changed: number[] = [];
  for (let page = first; page * WORDS < words.length; page++) {
    const end = (page + 1) * WORDS;
    let difference = 0;
    for (let at = page * WORDS; at < end; at += 4) {
      difference |= differs(at) | differs(at + 1) | differs(at + 2) | differs(at + 3);
    }
    if (difference !== 0) changed.push(page);
  }
  return changed;
}
