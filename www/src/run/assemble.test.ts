/** A run from a log made by hand: steps that come again, what is planted, and how it ends. */

import { describe, expect, it } from 'vitest';
import { EMPTY, OPTIONS } from '../../test/made';
import { assemble } from './assemble';
import type { LogEntry } from './log';
import type { Action, Party, Run, Scope, TraceEvent, Wait } from './model';
import { addressOf } from './step-ref';

function did(party: Party, action: Action, events: TraceEvent[] = [], scope: Scope = 'connection'): LogEntry {
  return {
    is: 'unit',
    unit: { party, scope, unit: { role: party, action, events }, holdings: [], image: EMPTY },
  };
}

function runOf(log: readonly LogEntry[], waits: readonly Wait[] = []): Run {
  return assemble(OPTIONS, log, {
    attempts: [],
    waits,
    claim: [],
    found: { memories: log.map(() => []), postings: [] },
  });
}

const SETUP: readonly LogEntry[] = [did('authority', 'establish_authority', [], 'setup')];

const EXCHANGE: readonly LogEntry[] = [
  did('client', 'send_application_data'),
  did('eavesdropper', 'keep_record'),
  did('server', 'receive_application_data'),
  did('server', 'send_application_data'),
  did('client', 'receive_application_data'),
];

const CLOSE: readonly LogEntry[] = [did('client', 'send_alert'), did('server', 'receive_alert')];

const FAULT: TraceEvent = {
  type: 'failure',
  message: 'it is wrong',
  alert: 'bad_record_mac',
  blame: 'peer',
  place: undefined,
};

describe('a run', () => {
  it('has a step again where it comes again, with numbers that go on', () => {
    const run = runOf([...SETUP, ...EXCHANGE, ...EXCHANGE, ...CLOSE]);
    expect(run.steps.map((step) => [addressOf(step), step.number, step.units.length])).toEqual([
      ['certificate', null, 1],
      ['request', 1, 3],
      ['reply', 2, 1],
      ['read', 3, 1],
      ['request-2', 4, 3],
      ['reply-2', 5, 1],
      ['read-2', 6, 1],
      ['close', null, 2],
    ]);
    expect(run.stepCount).toBe(6);
    expect(run.steps.flatMap(({ units }) => units)).toEqual(run.units.map(({ index }) => index));
    expect(run.outcome).toEqual({ is: 'complete' });
    expect(run.unreached).toEqual([]);
  });

  it('has what is planted be of the step whose first unit follows', () => {
    const run = runOf([...SETUP, ...EXCHANGE, did('client', 'plant_bytes'), ...EXCHANGE, ...CLOSE]);
    const step = run.steps.find((each) => each.units.includes(6));
    expect(step && addressOf(step)).toBe('request-2');
    expect(step?.units).toEqual([6, 7, 8, 9]);
    expect(step?.lane).toBe('client');
  });

  it('tells who waits, where nobody goes on, and what was still to come', () => {
    const waits: readonly Wait[] = [{ party: 'client', expected: { is: 'handshake', messages: ['server_hello'] } }];
    const run = runOf([...SETUP, did('client', 'send_client_hello')], waits);
    expect(run.outcome).toEqual({ is: 'stalled', waits });
    expect(run.unreached[0]).toBe('server-hello');
    expect(run.stepCount).toBe(1 + run.unreached.length);
  });

  it('tells of the first fault, and ends with an alert', () => {
    const failed = [did('server', 'receive_application_data', [FAULT]), did('server', 'send_alert')];
    const run = runOf([
      ...SETUP,
      did('client', 'send_application_data'),
      ...failed,
      did('client', 'receive_alert', [FAULT]),
    ]);
    expect(run.outcome).toMatchObject({ is: 'failed', failure: { party: 'server', unit: 2 } });
    expect(run.steps.map(({ id }) => id)).toEqual(['certificate', 'request', 'alert']);
  });
});
