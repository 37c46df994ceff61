/**
 * Writes down what happens among the parties: the units they do, their memories after each, and all that is posted into
 * their workers.
 */

import type { Advanced } from '../../pkg/tls_glass.js';
import { type MemoryImage, type Snapshot, withSnapshot } from '../run/memory';
import type { Party } from '../run/model';
import { type Collected, type Told, unitsIn } from '../run/told';
import type { Cast, Link } from './links';

/** Called after every unit of work, before the next: the moment at which memories may be looked into. */
export type Observe = (unit: Collected) => void | Promise<void>;

/** A worker's memory as the page keeps it: brought up to date by what the worker hands out, for as long as it lives. */
export class Memory {
  readonly #take: () => Snapshot | Promise<Snapshot>;
  #image: MemoryImage | undefined;

  constructor(take: () => Snapshot | Promise<Snapshot>) {
    this.#take = take;
  }

  async look(): Promise<MemoryImage> {
    this.#image = withSnapshot(this.#image, await this.#take());
    return this.#image;
  }
}

/** A party with its memory. */
export interface Member<P extends Party> {
  readonly party: P;
  readonly link: Link<P>;
  readonly memory: Memory;
}

export type Members = { readonly [P in Party]: Member<P> };

export class Story {
  readonly #told: Told[];
  readonly #memories = new Map<Party, Memory>();
  readonly #observe: Observe | undefined;

  /** `before` is what was told of the parties until now, for a story that goes on with it. */
  constructor(observe?: Observe, before: readonly Told[] = []) {
    this.#observe = observe;
    this.#told = [...before];
  }

  get told(): readonly Told[] {
    return this.#told;
  }

  get units(): readonly Collected[] {
    return unitsIn(this.#told);
  }

  /** From now on the party is part of the story. Calls on the link that this gives are written down. */
  join<P extends Party>({ party, link, memory }: Member<P>): Link<P> {
    this.#memories.set(party, memory);
    return this.#recorded(party, link);
  }

  joinAll(members: Members): Cast {
    return {
      authority: this.join(members.authority),
      client: this.join(members.client),
      eavesdropper: this.join(members.eavesdropper),
      server: this.join(members.server),
    };
  }

  /** A party did a unit: its memory is read before anybody does anything else. */
  async tell(party: Party, scope: Collected['scope'], { unit, holdings }: Advanced): Promise<void> {
    const collected = { party, scope, unit, holdings, image: await this.#look(party) };
    this.#told.push({ is: 'unit', unit: collected });
    await this.#observe?.(collected);
  }

  /** Reads everybody's memory: what a party receives is in it before its next unit. */
  async lookAround(): Promise<void> {
    const parties = [...this.#memories.keys()];
    const images = await Promise.all(parties.map(async (party) => ({ party, image: await this.#look(party) })));
    this.#told.push(...images.map((look) => ({ is: 'look', ...look }) as const));
  }

  #look(party: Party): Promise<MemoryImage> {
    const memory = this.#memories.get(party);
    if (!memory) throw new Error(`${party} is no part of the story`);
    return memory.look();
  }

  #recorded<L extends object>(party: Party, link: L): L {
    return new Proxy(link, {
      get: (target, property) => {
        const method: unknown = Reflect.get(target, property, target);
        if (typeof method !== 'function') return method;
        return (...args: readonly unknown[]): unknown => {
          const call = String(property);
          for (const bytes of bytesIn(args)) this.#told.push({ is: 'posting', party, call, bytes });
          return Reflect.apply(method, target, args);
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
