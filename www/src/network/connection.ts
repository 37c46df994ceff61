/**
 * The network: carries bytes between client and server and says who works next.
 *
 * Each side can name the unit of work it would do next, and each unit belongs to a step. The side whose step comes
 * first goes first, so that the units run in the order in which the page shows them: both compute, then both erase.
 */

import type { Action, Unit } from '../../pkg/tls_glass.js';
import { CHOICES, recordsOf, replyOf } from '../run/assemble';
import type { LoggedUnit } from '../run/log';
import type { Endpoint, PartyAttempt, RunOptions, StepId } from '../run/model';
import { ENDPOINTS, isEndpoint } from '../run/model';
import { ProtectedRecords } from '../run/protected-records';
import { rank, stepOf } from '../run/steps';
import { NetworkError } from './errors';
import type { PartyLinks } from './party-hosts';
import { clientOptions, serverOptions } from './party-options';
import { plant } from './plant';
import type { Recorder } from './recorder';

/** Far more than any handshake takes; a bound on what a mistake could cost. */
const MOST_UNITS = 500;

/**
 * Runs a connection from its first message to its last. A failed handshake ends like any other: with what happened.
 * Gives what became of the keys that were tried on the reply, if there was one.
 */
export async function runConnection(
  recorder: Recorder,
  links: PartyLinks,
  options: RunOptions,
): Promise<readonly PartyAttempt[]> {
  const connection = new Connection(recorder, links, options, 'connection');
  await connection.open();
  await connection.exchange();
  if (hasFailed(connection.units)) {
    await connection.endStep();
    return [];
  }
  if (!connection.units.some(isReplyRead))
    throw new NetworkError({ code: 'stuck', detail: lastActions(connection.units) });

  const attempts = await tryKeys(links, connection.units);
  await connection.endStep();
  await connection.close();
  await connection.exchange();
  await connection.endStep();
  return attempts;
}

/** The connection that the next one resumes: a whole one, of which a session is left. Eve hears both. */
export async function runEarlierConnection(recorder: Recorder, links: PartyLinks, options: RunOptions): Promise<void> {
  if (options.plant === 'session') await plant(recorder, links.client, 'earlier');
  const connection = new Connection(recorder, links, options, 'earlier');
  await connection.open();
  await connection.exchange();
  await connection.close();
  await connection.exchange();
  const { units } = connection;
  if (hasFailed(units) || !units.some(isReplyRead))
    throw new NetworkError({ code: 'stuck', detail: lastActions(units) });
  await recorder.addUnit('eavesdropper', 'earlier', await links.eavesdropper.listenFurther());
  await recorder.readMemories();
}

/** Client and server, who is next, and Eve, who hears every byte between them. */
class Connection {
  readonly #recorder: Recorder;
  readonly #links: PartyLinks;
  readonly #options: RunOptions;
  readonly #scope: ConnectionScope;
  readonly #turns: Turns;
  readonly #before: number;
  /** The step that is under way, between steps none. */
  #step: StepId | undefined;

  constructor(recorder: Recorder, links: PartyLinks, options: RunOptions, scope: ConnectionScope) {
    this.#recorder = recorder;
    this.#links = links;
    this.#options = options;
    this.#scope = scope;
    // The earlier connection has a full handshake, in the order of one.
    this.#turns = new Turns(scope === 'earlier' ? { ...options, resumption: 'none' } : options);
    this.#before = recorder.units.length;
  }

  /** What was done in this connection so far. */
  get units(): readonly LoggedUnit[] {
    return this.#recorder.units.slice(this.#before);
  }

  async open(): Promise<void> {
    this.#turns.set('server', await this.#links.server.accept(serverOptions(this.#options)));
    this.#turns.set('client', await this.#links.client.connect(clientOptions(this.#options)));
  }

  async close(): Promise<void> {
    this.#turns.set('client', await this.#links.client.close());
  }

  /** Units of work, until both sides wait for bytes. */
  async exchange(): Promise<void> {
    let done = 0;
    for (let party = this.#turns.first(); party; party = this.#turns.first()) {
      if (done >= MOST_UNITS) throw new NetworkError({ code: 'stuck', detail: lastActions(this.units) });
      await this.#enter(this.#turns.stepFor(party));
      const advanced = await this.#links[party].advance();
      this.#turns.set(party, advanced?.next);
      if (!advanced) continue;
      this.#turns.did(party, advanced.unit);
      await this.#recorder.addUnit(party, this.#scope, advanced);
      if (advanced.output.length > 0) await this.#carry(party, advanced.output);
      done += 1;
    }
  }

  /** All that happens in a step has happened: everybody's memory is read, also of those who did nothing. */
  async endStep(): Promise<void> {
    if (this.#step === undefined) return;
    this.#step = undefined;
    await this.#recorder.readMemories();
  }

  async #enter(step: StepId): Promise<void> {
    // All of an earlier connection is one step.
    if (step === this.#step || this.#scope === 'earlier') return;
    await this.endStep();
    this.#step = step;
    if (isPlantedAt(this.#options, step)) await plant(this.#recorder, this.#links.client, 'connection');
  }

  /** Bytes on their way pass Eve first. */
  async #carry(from: Endpoint, bytes: Uint8Array): Promise<void> {
    const { eavesdropper } = this.#links;
    await eavesdropper.overhear(from, bytes);
    for (let kept = await eavesdropper.advance(); kept; kept = await eavesdropper.advance()) {
      await this.#recorder.addUnit('eavesdropper', this.#scope, kept);
    }
    const to = from === 'client' ? 'server' : 'client';
    this.#turns.set(to, await this.#links[to].receive(bytes));
  }
}

type ConnectionScope = Exclude<LoggedUnit['scope'], 'setup'>;

/** What ends a connection is one place in the order, whether it ends well or not. */
function isPlantedAt({ plant: planted }: RunOptions, step: StepId): boolean {
  return (planted === 'alert' ? 'close' : planted) === step;
}

/** What each side would do next, and whose turn that makes it. */
class Turns {
  readonly #options: RunOptions;
  readonly #next = new Map<Endpoint, Action>();
  readonly #steps = new Map<Endpoint, StepId>();
  readonly #failed = new Set<Endpoint>();
  readonly #closed = new ProtectedRecords();

  constructor(options: RunOptions) {
    this.#options = options;
  }

  set(party: Endpoint, next: Action | undefined): void {
    if (next) this.#next.set(party, next);
    else this.#next.delete(party);
  }

  did(party: Endpoint, unit: Unit): void {
    const { action, events } = unit;
    this.#steps.set(party, this.#step(party, action));
    this.#closed.follow(party, unit);
    if (events.some((event) => event.type === 'failure')) this.#failed.add(party);
  }

  /** A side that has noticed a fault, which says so at once; else the one with the earlier step; of equals, the client. */
  first(): Endpoint | undefined {
    const ready = ENDPOINTS.flatMap((party) => {
      const action = this.#next.get(party);
      return action ? [{ party, rank: this.#failed.has(party) ? -1 : this.#rank(this.#step(party, action)) }] : [];
    });
    return ready.toSorted((a, b) => a.rank - b.rank)[0]?.party;
  }

  /** The step of what this side would do next. */
  stepFor(party: Endpoint): StepId {
    const action = this.#next.get(party);
    return action ? this.#step(party, action) : this.#current(party);
  }

  #rank(step: StepId): number {
    return rank(step, this.#options);
  }

  #current(party: Endpoint): StepId {
    return this.#steps.get(party) ?? 'client-hello';
  }

  #step(party: Endpoint, action: Action): StepId {
    const known = this.#closed.readBy(party, action);
    return stepOf({ action: known, party, scope: 'connection' }, this.#options, this.#current(party));
  }
}

/** The opening question: each choice is tried on the reply's record, by a party that has the key. */
async function tryKeys(links: PartyLinks, units: readonly LoggedUnit[]): Promise<PartyAttempt[]> {
  const reply = replyOf(recordsOf(units));
  if (!reply) return [];
  const attempts: PartyAttempt[] = [];
  for (const { party, key } of CHOICES) {
    attempts.push({ party, attempt: await links[party].attempt(reply.bytes, key) });
  }
  return attempts;
}

function hasFailed(units: readonly LoggedUnit[]): boolean {
  return units.some(({ unit }) => unit.events.some((event) => event.type === 'failure'));
}

function isReplyRead({ party, unit }: LoggedUnit): boolean {
  return party === 'client' && unit.action === 'receive_application_data';
}

function lastActions(units: readonly LoggedUnit[]): string {
  const last = units
    .filter(({ party }) => isEndpoint(party))
    .slice(-3)
    .map(({ party, unit }) => `${party} ${unit.action}`);
  return `after ${units.length} units, the last of them ${last.join(', ')}`;
}
