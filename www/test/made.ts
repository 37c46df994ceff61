/** Small runs and memories, made by hand for tests of pure functions. No party has a part in them. */

import { type MemoryImage, PAGE_SIZE, withSnapshot } from '../src/run/memory';
import type {
  Action,
  ClaimTest,
  Finding,
  Look,
  Party,
  Posting,
  Run,
  RunOptions,
  RunUnit,
  Step,
  StepId,
  TraceEvent,
  Value,
  ValueKind,
  ValueName,
} from '../src/run/model';
import { firstOf } from '../src/run/step-ref';
import { isCounted } from '../src/run/steps';

export const OPTIONS: RunOptions = {
  handshake: 'rsa',
  cipher: 'aes-128-gcm',
  certificate: 'rsa',
  clientCertificate: 'off',
  resumption: 'none',
  group: 'x25519',
  extendedMasterSecret: true,
  encryptThenMac: true,
  serverName: 'bank.example',
  path: '/account',
  interventions: [],
};

/** Has the server's private key planted in the client at the beginning of the first step of this id. */
export function plantingAt(id: StepId): Pick<RunOptions, 'interventions'> {
  return { interventions: [{ is: 'plant', at: firstOf(id) }] };
}

/** Bytes that look random and are the same in every test run. */
export function noise(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (state * 16807) % 2147483647;
    return state & 0xff;
  });
}

export function value(name: ValueName, kind: ValueKind, ...parts: [string, Uint8Array][]): Value {
  return { name, kind, parts: parts.map(([part, bytes]) => ({ name: part, bytes })) };
}

/** A memory with these bytes at these addresses, and zeros elsewhere. */
export function imageWith(size: number, ...contents: (readonly [number, Uint8Array])[]): MemoryImage {
  const bytes = new Uint8Array(size);
  for (const [at, content] of contents) bytes.set(content, at);
  const changed = Uint32Array.from({ length: size / PAGE_SIZE }, (_, page) => page);
  return withSnapshot(undefined, { size, stackTop: 0, heapBase: 0, changed, bytes });
}

export const EMPTY = imageWith(PAGE_SIZE);

export interface MadeUnit {
  readonly party: Party;
  readonly action: Action;
  /** What it shows the page. */
  readonly values?: readonly Value[];
  /** What its party declares to hold after it. */
  readonly holds?: readonly ValueName[];
}

export interface MadeRun {
  /** Units by step. */
  readonly steps: readonly (readonly [StepId, ...MadeUnit[]])[];
  readonly looks?: readonly (readonly [Party, unit: number, ...Finding[]])[];
  readonly postings?: readonly (readonly [Party, unit: number, ...Finding[]])[];
  readonly claim?: readonly ClaimTest[];
}

export function runOf({ steps, looks = [], postings = [], claim = [] }: MadeRun): Run {
  const units: RunUnit[] = [];
  const made: Step[] = steps.map(([id, ...own], index) => {
    const first = units.length;
    for (const unit of own) units.push(unitOf(unit, units.length));
    const indices = units.slice(first).map((unit) => unit.index);
    const occurrence = steps.slice(0, index + 1).filter(([other]) => other === id).length;
    const number = isCounted(id) ? steps.slice(0, index + 1).filter(([other]) => isCounted(other)).length : null;
    return { id, occurrence, index, number, lane: own[0]?.party ?? 'client', units: indices, records: [] };
  });
  return {
    options: OPTIONS,
    seeded: false,
    negotiated: undefined,
    units,
    records: [],
    steps: made,
    stepCount: made.filter(({ number }) => number !== null).length,
    unreached: [],
    question: undefined,
    outcome: { is: 'complete' },
    buffers: new Map(),
    looks: looks.map(([party, unit, ...findings]): Look => ({ party, unit, image: EMPTY, findings })),
    postings: postings.map(
      ([party, unit, ...findings]): Posting => ({ party, unit, call: 'receive', bytes: new Uint8Array(1), findings }),
    ),
    claim,
  };
}

function unitOf({ party, action, values = [], holds = [] }: MadeUnit, index: number): RunUnit {
  const events = values.map((each): TraceEvent => ({ type: 'held', value: each }));
  return {
    index,
    party,
    scope: 'connection',
    unit: { role: party, action, events },
    holdings: holds.map((name) => ({ name })),
    image: EMPTY,
  };
}

/** One copy at each of these addresses. */
export function found(name: ValueName, ...copies: (readonly [part: string, at: number])[]): Finding {
  return {
    name,
    copies: copies.map(([part, at]) => ({ part, at, length: 16, reversed: false })),
    pieces: [],
  };
}
