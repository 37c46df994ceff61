/**
 * The network: carries bytes between client and server and says who works next.
 *
 * Each side can name the unit of work it would do next, and each unit belongs to a step. The side whose step comes
 * first goes first, so that the units run in the order in which the page tells them: both compute, then both erase.
 */

import type { Action } from '../../pkg/tls_glass.js';
import { CHOICES, type Collected, recordsOf, replyOf } from '../run/assemble';
import type { Endpoint, PartyAttempt, RunOptions, StepId } from '../run/model';
import { ENDPOINTS } from '../run/model';
import { rank, stepOf } from '../run/steps';
import { LabError } from './errors';
import type { Cast } from './links';
import { clientOptions, serverOptions } from './options';
import { type Observe, told } from './setup';

/** Far more than any handshake takes; a bound on what a mistake could cost. */
const MOST_UNITS = 500;

export interface Conversation {
  readonly units: readonly Collected[];
  readonly attempts: readonly PartyAttempt[];
}

/** Runs a connection from its first message to its last. A failed handshake ends like any other: with what happened. */
export async function converse(cast: Cast, options: RunOptions, observe?: Observe): Promise<Conversation> {
  const turns = new Turns(options);
  turns.set('server', await cast.server.accept(serverOptions(options)));
  turns.set('client', await cast.client.connect(clientOptions(options)));

  const units = await exchange(cast, turns, MOST_UNITS, observe);
  if (hasFailed(units)) return { units, attempts: [] };
  if (!units.some(isReplyRead)) throw new LabError({ code: 'stuck', detail: lastActions(units) });

  const attempts = await tryKeys(cast, units);
  turns.set('client', await cast.client.close());
  return { units: [...units, ...(await exchange(cast, turns, MOST_UNITS, observe))], attempts };
}

/** Units of work, until both sides wait for bytes. */
async function exchange(cast: Cast, turns: Turns, most: number, observe?: Observe): Promise<Collected[]> {
  const units: Collected[] = [];
  for (let party = turns.first(); party; party = turns.first()) {
    if (units.length >= most) throw new LabError({ code: 'stuck', detail: lastActions(units) });
    const advanced = await cast[party].advance();
    turns.set(party, advanced?.next);
    if (!advanced) continue;
    turns.did(party, advanced.unit.action);
    units.push(await told(party, 'connection', advanced, observe));
    if (advanced.output.length > 0) {
      const peer = party === 'client' ? 'server' : 'client';
      turns.set(peer, await cast[peer].receive(advanced.output));
    }
  }
  return units;
}

/** What each side would do next, and whose turn that makes it. */
class Turns {
  readonly #options: RunOptions;
  readonly #next = new Map<Endpoint, Action>();
  readonly #steps = new Map<Endpoint, StepId>();

  constructor(options: RunOptions) {
    this.#options = options;
  }

  set(party: Endpoint, next: Action | undefined): void {
    if (next) this.#next.set(party, next);
    else this.#next.delete(party);
  }

  did(party: Endpoint, action: Action): void {
    this.#steps.set(party, this.#step(party, action));
  }

  /** The side with the earlier step; of equals, the client. */
  first(): Endpoint | undefined {
    const ready = ENDPOINTS.flatMap((party) => {
      const action = this.#next.get(party);
      return action ? [{ party, rank: rank(this.#step(party, action), this.#options.handshake) }] : [];
    });
    return ready.toSorted((a, b) => a.rank - b.rank)[0]?.party;
  }

  #step(party: Endpoint, action: Action): StepId {
    return stepOf(action, party, this.#options.handshake, this.#steps.get(party) ?? 'client-hello');
  }
}

/** The opening question: each choice is tried on the reply's record, by a party that has the key. */
async function tryKeys(cast: Cast, units: readonly Collected[]): Promise<PartyAttempt[]> {
  const reply = replyOf(recordsOf(units));
  if (!reply) return [];
  const attempts: PartyAttempt[] = [];
  for (const { party, key } of CHOICES) {
    attempts.push({ party, attempt: await cast[party].attempt(reply.bytes, key) });
  }
  return attempts;
}

function hasFailed(units: readonly Collected[]): boolean {
  return units.some(({ unit }) => unit.events.some((event) => event.type === 'failure'));
}

function isReplyRead({ party, unit }: Collected): boolean {
  return party === 'client' && unit.action === 'receive_application_data';
}

function lastActions(units: readonly Collected[]): string {
  const last = units.slice(-3).map(({ party, unit }) => `${party} ${unit.action}`);
  return `after ${units.length} units, the last of them ${last.join(', ')}`;
}
