/**
 * Records what happens among the parties: the units they do, their memories after each, and all that is posted into
 * their workers.
 */

import type { Advanced } from '../../pkg/tls_glass.js';
import { deliveriesIn, type LogEntry, type LoggedUnit, unitsIn } from '../run/log';
import { type MemoryImage, type Snapshot, withSnapshot } from '../run/memory';
import type { Delivery, Party } from '../run/model';
import type { Link, PartyLinks } from './party-hosts';

/** Called after every unit of work, before the next one: no party is at work, so its memory can be read. */
export type Observe = (unit: LoggedUnit) => void | Promise<void>;

/** A worker's memory as the page keeps it: brought up to date by what the worker hands out, for as long as it lives. */
export class MemoryReader {
  readonly #take: () => Snapshot | Promise<Snapshot>;
  #image: MemoryImage | undefined;

  constructor(take: () => Snapshot | Promise<Snapshot>) {
    this.#take = take;
  }

  async read(): Promise<MemoryImage> {
    const snapshot = await this.#take();
    // Only now: what was asked for before has come in meanwhile.
    this.#image = withSnapshot(this.#image, snapshot);
    return this.#image;
  }
}

/** A party that is recorded, with its memory. */
export interface RecordedParty<P extends Party> {
  readonly party: P;
  readonly link: Link<P>;
  readonly memory: MemoryReader;
}

export type RecordedParties = { readonly [P in Party]: RecordedParty<P> };

export class Recorder {
  readonly #log: LogEntry[];
  readonly #memories = new Map<Party, MemoryReader>();
  /** Of a party that was asked to go on: its memory after that, which was asked for with it. */
  readonly #ahead = new Map<Party, Promise<MemoryImage>>();
  readonly #observe: Observe | undefined;
  /** How many records were sent. */
  #records: number;

  /** `before` is what was recorded of the parties until now: the log goes on from there. */
  constructor(observe?: Observe, before: readonly LogEntry[] = []) {
    this.#observe = observe;
    this.#log = [...before];
    this.#records = deliveriesIn(before).length;
  }

  get log(): readonly LogEntry[] {
    return this.#log;
  }

  get units(): readonly LoggedUnit[] {
    return unitsIn(this.#log);
  }

  /** From now on the party is recorded: its units, its memory, and what is posted by calls on the link that this gives. */
  attach<P extends Party>({ party, link, memory }: RecordedParty<P>): Link<P> {
    this.#memories.set(party, memory);
    return this.#recordingCalls(party, link);
  }

  attachAll(parties: RecordedParties): PartyLinks {
    return {
      authority: this.attach(parties.authority),
      client: this.attach(parties.client),
      eavesdropper: this.attach(parties.eavesdropper),
      server: this.attach(parties.server),
    };
  }

  /** A party did a unit: its memory is read before anybody does anything else. */
  async addUnit(party: Party, scope: LoggedUnit['scope'], { unit, holdings }: Advanced): Promise<void> {
    const recorded = { party, scope, unit, holdings, image: await this.#read(party) };
    this.#log.push({ is: 'unit', unit: recorded });
    await this.#observe?.(recorded);
  }

  /** The number of a record that is about to be sent. */
  numberRecord(): number {
    const number = this.#records;
    this.#records += 1;
    return number;
  }

  /** What became of a record. */
  addDelivery(delivery: Delivery): void {
    this.#log.push({ is: 'delivery', delivery });
  }

  /** Reads everybody's memory: what a party receives is in it before its next unit. */
  async readMemories(): Promise<void> {
    const parties = [...this.#memories.keys()];
    const images = await Promise.all(parties.map(async (party) => ({ party, image: await this.#read(party) })));
    this.#log.push(...images.map((look) => ({ is: 'look', ...look }) as const));
  }

  #read(party: Party): Promise<MemoryImage> {
    const memory = this.#memories.get(party);
    if (!memory) throw new Error(`the memory of ${party} is not recorded`);
    const ahead = this.#ahead.get(party);
    this.#ahead.delete(party);
    return ahead ?? memory.read();
  }

  /**
   * Asks for a party's memory together with its next unit, not after it: one way to its worker and back instead of two. The worker
   * does one after the other, and any other call makes it ask anew.
   */
  #readAhead(party: Party): void {
    const memory = this.#memories.get(party);
    if (!memory) return;
    const reading = memory.read();
    // Where nobody comes to ask, nobody else hears of a worker that has ended; the next call fails as well.
    reading.catch(() => {});
    this.#ahead.set(party, reading);
  }

  #recordingCalls<L extends object>(party: Party, link: L): L {
    return new Proxy(link, {
      get: (target, property) => {
        const method: unknown = Reflect.get(target, property, target);
        if (typeof method !== 'function') return method;
        return (...args: readonly unknown[]): unknown => {
          const call = String(property);
          for (const bytes of bytesIn(args)) this.#log.push({ is: 'posting', party, call, bytes });
          this.#ahead.delete(party);
          const answer: unknown = Reflect.apply(method, target, args);
          if (call === 'advance') this.#readAhead(party);
          return answer;
        };
      },
    });
  }
}

/** All bytes and all text in the arguments of a call, however deep. A compiled module, the same for all, has neither. */
function bytesIn(argument: unknown): Uint8Array[] {
  if (typeof argument === 'string') return argument === '' ? [] : [new TextEncoder().encode(argument)];
  if (argument instanceof Uint8Array) return argument.length === 0 ? [] : [argument.slice()];
  if (typeof argument !== 'object' || argument === null) return [];
  return Object.values(argument).flatMap(bytesIn);
}
