/** Which step a unit belongs to, where steps come again and where what was awaited does not come. */

import { describe, expect, it } from 'vitest';
import { OPTIONS } from '../../test/made';
import type { Action, Endpoint, Scope } from './model';
import { addressOf } from './step-ref';
import { StepSequence } from './step-sequence';

type Did = readonly [party: Endpoint, action: Action, failed?: 'fails'];

function steps(units: readonly Did[], scope: Scope = 'connection'): readonly string[] {
  const sequence = new StepSequence(OPTIONS);
  return units.map(([party, action, failed]) => addressOf(sequence.add({ party, scope, action }, failed === 'fails')));
}

const HELLO: readonly Did[] = [
  ['client', 'send_client_hello'],
  ['server', 'receive_client_hello'],
  ['server', 'send_server_hello'],
];

const EXCHANGE: readonly Did[] = [
  ['client', 'send_application_data'],
  ['server', 'receive_application_data'],
  ['server', 'send_application_data'],
  ['client', 'receive_application_data'],
];

describe('a sequence of steps', () => {
  it('has a message be of the step in which it is sent', () => {
    expect(steps(HELLO)).toEqual(['client-hello', 'client-hello', 'server-hello']);
  });

  it('counts a second request, and what follows it', () => {
    expect(steps([...EXCHANGE, ...EXCHANGE, ['client', 'send_alert']])).toEqual([
      'request',
      'request',
      'reply',
      'read',
      'request-2',
      'request-2',
      'reply-2',
      'read-2',
      'close',
    ]);
  });

  it('counts a handshake that begins again', () => {
    expect(steps([...HELLO, ...EXCHANGE, ...HELLO]).slice(-3)).toEqual([
      'client-hello-2',
      'client-hello-2',
      'server-hello-2',
    ]);
  });

  it('says of a unit that is still to come what it would say of it', () => {
    const sequence = new StepSequence(OPTIONS);
    const read = { party: 'client', scope: 'connection', action: 'receive_application_data' } as const;
    const ask = { party: 'client', scope: 'connection', action: 'send_application_data' } as const;
    expect(sequence.stepFor(ask)).toEqual({ id: 'request', occurrence: 1 });
    sequence.add(ask, false);
    sequence.add(read, false);
    expect(sequence.stepFor(read)).toEqual({ id: 'read', occurrence: 1 });
    expect(sequence.stepFor(ask)).toEqual({ id: 'request', occurrence: 2 });
    // Having asked changes nothing.
    expect(sequence.stepFor(ask)).toEqual({ id: 'request', occurrence: 2 });
  });

  it('has what comes instead of what was awaited be of the step under way, and the end be an alert', () => {
    const units: readonly Did[] = [
      ...HELLO,
      ['server', 'send_certificate'],
      ['client', 'receive_server_hello', 'fails'],
      ['client', 'send_alert'],
      ['server', 'receive_alert', 'fails'],
      ['server', 'erase_keys'],
    ];
    expect(steps(units).slice(3)).toEqual(['identity', 'identity', 'alert', 'alert', 'alert']);
  });

  it('has the end of the transport be of the step under way', () => {
    const units: readonly Did[] = [...HELLO, ['server', 'send_certificate'], ['client', 'receive_end', 'fails']];
    expect(steps(units).at(-1)).toBe('identity');
  });

  it('has a record that is opened be of the step under way, where nobody can say what is in it', () => {
    const units: readonly Did[] = [...HELLO, ['server', 'send_certificate'], ['client', 'open_record', 'fails']];
    expect(steps(units).at(-1)).toBe('identity');
  });

  it('has an earlier connection be one step', () => {
    expect(new Set(steps([...HELLO, ...EXCHANGE, ...EXCHANGE], 'earlier'))).toEqual(new Set(['session']));
  });
});
