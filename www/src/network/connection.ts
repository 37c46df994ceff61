/** Runs a connection between client and server, unit by unit, until it is over or nobody can go on. */

import type { Action } from '../../pkg/tls_glass.js';
import { CHOICES, replyOf } from '../run/assemble';
import type { LoggedUnit } from '../run/log';
import type { Endpoint, PartyAttempt, RunOptions, StepRef, Wait } from '../run/model';
import { ENDPOINTS, isEndpoint } from '../run/model';
import { recordsOf } from '../run/records';
import { firstOf, isSameStep } from '../run/step-ref';
import { StepSequence } from '../run/step-sequence';
import { ArrivedRecords } from './arrived-records';
import { Delivery } from './delivery';
import { plantAt } from './interventions';
import type { PartyLinks } from './party-hosts';
import { clientOptions, serverOptions } from './party-options';
import type { Recorder } from './recorder';
import { Turns } from './turns';

/** Far more than any handshake takes; a bound on what a mistake could cost. */
const MOST_UNITS = 500;

/** How a connection ended, beside what its units tell. */
export interface Ended {
  /** What became of the keys that were tried on the reply; none, if that was not read. */
  readonly attempts: readonly PartyAttempt[];
  /** Who still waits; nobody, if the connection is over. */
  readonly waits: readonly Wait[];
}

/** Runs the connection that a run is about. One that fails or stalls ends like any other: with what happened. */
export async function runConnection(recorder: Recorder, links: PartyLinks, options: RunOptions): Promise<Ended> {
  const connection = new Connection(recorder, links, options, 'connection');
  await connection.open();
  await connection.exchange();
  if (!connection.isAnswered) return connection.end([]);
  const attempts = await tryKeys(recorder, links);
  await connection.endStep();
  await connection.close();
  await connection.exchange();
  return connection.end(attempts);
}

/**
 * The connection that the next one resumes, of which a session is left. Eve hears both. Gives how it ended, if that was not in
 * good order: then there is nothing to resume.
 */
export async function runEarlierConnection(
  recorder: Recorder,
  links: PartyLinks,
  options: RunOptions,
): Promise<Ended | undefined> {
  await plantAt(firstOf('session'), options, recorder, links.client, 'earlier');
  const connection = new Connection(recorder, links, options, 'earlier');
  await connection.open();
  await connection.exchange();
  if (!connection.isAnswered) return connection.end([]);
  await connection.close();
  await connection.exchange();
  if (connection.hasFailed || (await connection.waits()).length > 0) return connection.end([]);
  await recorder.addUnit('eavesdropper', 'earlier', await links.eavesdropper.listenFurther());
  await recorder.readMemories();
  return undefined;
}

/** Client and server, who is next, and what is between them. */
class Connection {
  readonly #recorder: Recorder;
  readonly #links: PartyLinks;
  readonly #options: RunOptions;
  readonly #scope: ConnectionScope;
  readonly #turns: Turns;
  readonly #delivery: Delivery;
  readonly #steps: StepSequence;
  readonly #arrived = new ArrivedRecords();
  readonly #before: number;
  /** The step that is under way, between steps none. */
  #step: StepRef | undefined;

  constructor(recorder: Recorder, links: PartyLinks, options: RunOptions, scope: ConnectionScope) {
    this.#recorder = recorder;
    this.#links = links;
    this.#options = options;
    this.#scope = scope;
    // The earlier connection has a full handshake, in the order of one.
    this.#turns = new Turns(scope === 'earlier' ? { ...options, resumption: 'none' } : options);
    this.#delivery = new Delivery(recorder, links, options, scope, {
      record: (to, length, sentBy) => this.#arrived.add(to, length, sentBy),
      next: (to, next) => this.#set(to, next),
    });
    this.#steps = new StepSequence(options);
    this.#before = recorder.units.length;
  }

  get hasFailed(): boolean {
    return this.#units.some(({ unit }) => unit.events.some((event) => event.type === 'failure'));
  }

  /** Whether the client has read the reply, and all is well. */
  get isAnswered(): boolean {
    return !this.hasFailed && this.#units.some(isReplyRead);
  }

  async open(): Promise<void> {
    this.#turns.set('server', await this.#links.server.accept(serverOptions(this.#options)));
    this.#turns.set('client', await this.#links.client.connect(clientOptions(this.#options)));
  }

  async close(): Promise<void> {
    this.#turns.set('client', await this.#links.client.close());
  }

  /** Units of work, until nobody can go on without the other. */
  async exchange(): Promise<void> {
    let done = 0;
    for (let turn = this.#turns.first(); turn; turn = this.#turns.first()) {
      if (done >= MOST_UNITS) throw new Error(`the parties run on without end: ${lastActions(this.#units)}`);
      const { party, action } = turn;
      await this.#enter(this.#steps.stepFor({ party, scope: this.#scope, action }));
      await this.#work(party);
      done += 1;
    }
  }

  /** All that happens in a step has happened: everybody's memory is read, also of those who did nothing. */
  async endStep(): Promise<void> {
    if (this.#step === undefined) return;
    this.#step = undefined;
    await this.#recorder.readMemories();
  }

  async end(attempts: readonly PartyAttempt[]): Promise<Ended> {
    await this.endStep();
    return { attempts, waits: await this.waits() };
  }

  /** Who waits for the other side, and for what. */
  async waits(): Promise<readonly Wait[]> {
    const waits: Wait[] = [];
    for (const party of ENDPOINTS) {
      const expected = await this.#links[party].awaits();
      if (expected) waits.push({ party, expected });
    }
    return waits;
  }

  /** What was done in this connection so far. */
  get #units(): readonly LoggedUnit[] {
    return this.#recorder.units.slice(this.#before);
  }

  async #enter(step: StepRef): Promise<void> {
    if (this.#step && isSameStep(step, this.#step)) return;
    // All of an earlier connection is one step, and what is planted at its beginning is there already.
    if (this.#scope === 'earlier') {
      this.#step = step;
      return;
    }
    await this.endStep();
    this.#step = step;
    await plantAt(step, this.#options, this.#recorder, this.#links.client, 'connection');
  }

  /** What a side would do next, by the step to which that belongs. */
  #set(party: Endpoint, next: Action | undefined): void {
    this.#turns.set(party, next && this.#arrived.reading(party, next));
  }

  async #work(party: Endpoint): Promise<void> {
    const advanced = await this.#links[party].advance();
    if (!advanced) {
      this.#set(party, undefined);
      return;
    }
    const { unit } = advanced;
    const action = this.#arrived.reading(party, unit.action);
    this.#arrived.follow(party, unit);
    const failed = unit.events.some((event) => event.type === 'failure');
    this.#turns.did(party, action, failed);
    this.#set(party, advanced.next);
    const step = this.#steps.add({ party, scope: this.#scope, action }, failed);
    await this.#recorder.addUnit(party, this.#scope, advanced);
    await this.#delivery.carry(party, step, advanced);
    if (!advanced.next && (await this.#links[party].isClosed())) await this.#delivery.close(party);
  }
}

type ConnectionScope = Exclude<LoggedUnit['scope'], 'setup'>;

/** The opening question: each choice is tried on the reply's record, by a party that has the key. */
async function tryKeys(recorder: Recorder, links: PartyLinks): Promise<PartyAttempt[]> {
  const reply = replyOf(recordsOf(recorder.log));
  if (!reply) return [];
  const attempts: PartyAttempt[] = [];
  for (const { party, key } of CHOICES) {
    attempts.push({ party, attempt: await links[party].attempt(reply.bytes, key) });
  }
  return attempts;
}

function isReplyRead({ party, unit }: LoggedUnit): boolean {
  return party === 'client' && unit.action === 'receive_application_data';
}

function lastActions(units: readonly LoggedUnit[]): string {
  const last = units
    .filter(({ party }) => isEndpoint(party))
    .slice(-3)
    .map(({ party, unit }) => `${party} ${unit.action}`);
  return `${units.length} units, the last of them ${last.join(', ')}`;
}
