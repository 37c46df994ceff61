/** Addresses of steps, there and back, and steps that occur twice in a run. */

import { describe, expect, it } from 'vitest';
import { runOf } from '../../test/made';
import type { StepId } from './model';
import { addressOf, findStep, firstOf, parseAddress } from './step-ref';

const IDS: readonly StepId[] = ['client-hello', 'request', 'read', 'close'];

describe('the address of a step', () => {
  it.each([
    ['read', { id: 'read', occurrence: 1 }],
    ['read-2', { id: 'read', occurrence: 2 }],
    ['client-hello', { id: 'client-hello', occurrence: 1 }],
    ['client-hello-10', { id: 'client-hello', occurrence: 10 }],
  ] as const)('%s is read, and written as it was', (address, ref) => {
    expect(parseAddress(address, IDS)).toEqual(ref);
    expect(addressOf(ref)).toBe(address);
  });

  it.each(['read-1', 'read-0', 'read-02', 'read-', 'read-100', 'read--2', 'sign', 'sign-2', '', '2'])(
    '%j is none',
    (text) => {
      expect(parseAddress(text, IDS)).toBeUndefined();
    },
  );
});

describe('a step that occurs twice', () => {
  const run = runOf({
    steps: [
      ['request', { party: 'client', action: 'send_application_data' }],
      ['read', { party: 'client', action: 'receive_application_data' }],
      ['request', { party: 'client', action: 'send_application_data' }],
      ['read', { party: 'client', action: 'receive_application_data' }],
    ],
  });

  it('is found by its occurrence', () => {
    expect(run.steps.map(addressOf)).toEqual(['request', 'read', 'request-2', 'read-2']);
    expect(findStep(run, firstOf('read'))?.index).toBe(1);
    expect(findStep(run, { id: 'read', occurrence: 2 })?.index).toBe(3);
    expect(findStep(run, { id: 'read', occurrence: 3 })).toBeUndefined();
  });
});
