import { describe, expect, it } from 'vitest';
import { found, noise, runOf, value } from '../../test/made';
import { originOf, ownersAt } from './origin';

const key = value('server_private_key', 'private_key', ['d', noise(32, 1)]);
const secret = value('master_secret', 'shared_secret', ['', noise(48, 3)]);
const iv = value('client_write_iv', 'traffic_key', ['', noise(4, 4)]);

/** The server makes its key; then client and server derive a secret, and the client a short value beside it. */
const run = runOf({
  steps: [
    ['certificate', { party: 'server', action: 'generate_key_pair', values: [key], holds: ['server_private_key'] }],
    [
      'data-keys',
      {
        party: 'client',
        action: 'derive_master_secret',
        values: [secret, iv],
        holds: ['master_secret', 'client_write_iv'],
      },
      {
        party: 'server',
        action: 'derive_master_secret',
        values: [secret],
        holds: ['server_private_key', 'master_secret'],
      },
    ],
    ['close', { party: 'client', action: 'erase_keys' }],
  ],
  looks: [
    ['server', 0, found('server_private_key', ['d', 100])],
    ['client', 0],
    ['client', 1, found('master_secret', ['', 300])],
    ['server', 2, found('server_private_key', ['d', 100]), found('master_secret', ['', 400])],
    ['client', 3],
    ['server', 3, found('server_private_key', ['d', 100]), found('master_secret', ['', 400])],
  ],
});

function step(index: number) {
  const one = run.steps[index];
  if (!one) throw new Error(`there is no step ${index}`);
  return one;
}

describe('where a value comes from', () => {
  it('is the step that had it first, with everybody who made it there', () => {
    expect(originOf(run, 'server_private_key')).toEqual({ step: step(0), by: ['server'] });
    expect(originOf(run, 'master_secret')).toEqual({ step: step(1), by: ['client', 'server'] });
  });

  it('is nowhere, for a value that the run does not have', () => {
    expect(originOf(run, 'pre_master_secret')).toBeUndefined();
  });
});

describe('who holds a value', () => {
  it('is what the searches found by the end of a step', () => {
    expect(ownersAt(run, step(0), 'master_secret')).toEqual({ parties: [], searched: true });
    expect(ownersAt(run, step(1), 'master_secret')).toEqual({ parties: ['client', 'server'], searched: true });
    expect(ownersAt(run, step(2), 'master_secret')).toEqual({ parties: ['server'], searched: true });
  });

  it('is what the parties declare, where a value is too short to search for', () => {
    expect(ownersAt(run, step(1), 'client_write_iv')).toEqual({ parties: ['client'], searched: false });
  });
});
