/** Runs that resume an earlier connection: what is left of that one, and who holds it. */

import { describe, expect, it } from 'vitest';
import { isOwn } from '../src/run/assemble';
import { diagramRows } from '../src/run/diagram';
import type { Party, Run, Step, StepId, ValueName } from '../src/run/model';
import { PARTIES } from '../src/run/model';
import { disagreements, looksOf } from '../src/run/possession/findings';
import { possession } from '../src/run/possession/possession';
import { stepsFor } from '../src/run/steps';
import { computationsOf, THE_KEY } from '../src/run/values';
import { reading } from '../src/run/wire';
import { opensRecords } from './opened-records';
import { connect, eachRun, OPTIONS, RESUMING, setUp, startParties } from './parties';

function step(run: Run, id: StepId): Step {
  const found = run.steps.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`the run has no step ${id}`);
  return found;
}

/** In which parties' memories a value was ever found. */
function holders(run: Run, name: ValueName): readonly Party[] {
  return PARTIES.filter((party) => looksOf(run, party).some(({ findings }) => findings.some((it) => it.name === name)));
}

eachRun(RESUMING, (options, made) => {
  opensRecords(made);

  const byTicket = options.resumption === 'session-ticket';

  it('resumes, and has the steps of it', () => {
    expect(made.run.outcome).toEqual({ is: 'complete' });
    expect(made.run.negotiated?.resumed).toBe(true);
    expect(made.run.steps.map(({ id }) => id)).toEqual([...stepsFor(options), 'close']);
    expect(made.run.steps.some(({ id }) => id === 'open-ticket')).toBe(byTicket);
  });

  it('has all of the earlier connection in one step, and a full handshake in it', () => {
    const session = step(made.run, 'session');
    const earlier = made.run.units.filter(({ scope }) => scope === 'earlier').map(({ index }) => index);
    expect(session.units).toEqual(earlier);
    const records = made.run.records.filter((record) => !isOwn(record)).map(({ index }) => index);
    expect(session.records).toEqual(records);
    const actions = new Set(earlier.map((index) => made.run.units[index]?.unit.action));
    expect(actions).toContain('derive_master_secret');
    expect(actions.has('seal_session_ticket')).toBe(byTicket);
  });

  it('draws of it what stays', () => {
    const rows = diagramRows(made.run, step(made.run, 'session'));
    const drawn = rows.map((row) =>
      row.kind === 'boxes'
        ? row.boxes.map(({ lane, actions }) => [lane, ...actions])
        : row.kind === 'arrow' && row.messages,
    );
    const both = (action: string) => [
      ['client', action],
      ['server', action],
    ];
    expect(drawn.map((row) => (row ? row.toSorted() : row))).toEqual([
      both('derive_master_secret'),
      ...(byTicket ? [[['server', 'seal_session_ticket']], ['new_session_ticket']] : []),
      both('erase_keys'),
    ]);
  });

  it("uses the server's private key in no step of its own", () => {
    const own = made.run.steps.filter(({ id }) => id !== 'certificate' && id !== 'session');
    for (const each of own) {
      expect(possession(made.run, each, 'server', THE_KEY).is).toBe('held');
      const inputs = computationsOf(made.run, each).flatMap(({ computation }) => computation.inputs);
      expect(inputs.filter(({ kind }) => kind === 'private_key' || kind === 'ephemeral_private_key')).toEqual([]);
    }
    expect(holders(made.run, THE_KEY)).toEqual(['server']);
  });

  it('keeps the master secret where the session is, and nothing else of the earlier connection', () => {
    const [session, close] = [step(made.run, 'session'), step(made.run, 'close')];
    for (const each of [session, close]) {
      expect(possession(made.run, each, 'client', 'master_secret').is).toMatch(/new|held/);
      expect(possession(made.run, each, 'server', 'master_secret').is).toMatch(byTicket ? /erased/ : /new|held/);
      for (const party of ['client', 'server'] as const) {
        for (const name of ['client_write_key', 'server_write_key', 'pre_master_secret', 'request', 'reply'] as const) {
          expect(possession(made.run, each, party, name).is, `${party} ${name}`).toBe('erased');
        }
      }
    }
    expect(holders(made.run, 'master_secret')).toEqual(['client', 'server']);
  });

  it('has the ticket key in the server only', () => {
    expect(holders(made.run, 'session_ticket_key')).toEqual(byTicket ? ['server'] : []);
    if (!byTicket) return;
    const states = made.run.steps.map(
      ({ id, ...each }) => possession(made.run, { id, ...each }, 'server', 'session_ticket_key').is,
    );
    expect(states.filter((is) => is === 'never' || is === 'erased')).toEqual([]);
    expect(possession(made.run, step(made.run, 'open-ticket'), 'server', 'session_ticket_key').is).toBe('used now');
  });

  it('answers the opening question as ever', () => {
    expect(made.run.question?.attempts.map(({ attempt }) => attempt.outcome.code === 'opened')).toEqual([
      false,
      false,
      true,
    ]);
    const record = made.run.records[made.run.question?.record ?? -1];
    expect(record && isOwn(record)).toBe(true);
  });

  it('says what a listener lacks: what is still there before what is erased', () => {
    const record = made.run.records[made.run.question?.record ?? -1];
    if (!record) throw new Error('there is no reply');
    const alive = reading(made.run, record).lacks.filter(({ erasedIn }) => !erasedIn);
    expect(alive.map(({ name }) => name).toSorted()).toEqual([
      ...(options.handshake === 'rsa' ? ['server_private_key'] : []),
      ...(byTicket ? ['session_ticket_key'] : []),
    ]);
  });

  it('opens to the private key and both recordings under RSA key exchange, and under no other', () => {
    const reads = made.run.claim.map(({ privateKey, dataKey, reading: { plaintext } }) => [
      privateKey,
      dataKey,
      !!plaintext,
    ]);
    const rsa = options.handshake === 'rsa';
    expect(reads).toEqual([
      [false, false, false],
      [true, false, rsa],
      [false, true, true],
      [true, true, true],
    ]);
  });
});

describe('the run after one that left a session', () => {
  it.each([
    ['session-id', 'none'],
    ['session-ticket', 'none'],
    ['session-ticket', 'session-ticket'],
  ] as const)('%s, then %s: tells nothing of what was', { timeout: 60_000 }, async (first, second) => {
    const parties = await startParties();
    const before = await setUp(parties, OPTIONS);
    await connect(parties, { ...OPTIONS, resumption: first }, before);
    const run = await connect(parties, { ...OPTIONS, resumption: second }, before);
    expect(disagreements(run)).toEqual([]);
    const made = new Set<ValueName>();
    for (const { unit } of run.units) {
      for (const event of unit.events) {
        if (event.type === 'held') made.add(event.value.name);
        if (event.type === 'erased') expect(made, `${unit.action} erases ${event.name}`).toContain(event.name);
      }
    }
  });
});
