/** Which step is meant, in runs whose steps occur twice, or not as often as asked for. */

import { describe, expect, it } from 'vitest';
import { runOf } from '../../../test/made';
import type { Step } from '../../run/model';
import { parseOptions } from './options';
import {
  firstIndex,
  idsOf,
  indexOf,
  parsePosition,
  placeIn,
  plannedStep,
  sameStep,
  stepAmong,
  stepAt,
} from './position';

const once = runOf({
  steps: [
    ['request', { party: 'client', action: 'send_application_data' }],
    ['reply', { party: 'server', action: 'send_application_data' }],
    ['read', { party: 'client', action: 'receive_application_data' }],
  ],
});

const twice = runOf({
  steps: [
    ['request', { party: 'client', action: 'send_application_data' }],
    ['read', { party: 'client', action: 'receive_application_data' }],
    ['request', { party: 'client', action: 'send_application_data' }],
    ['read', { party: 'client', action: 'receive_application_data' }],
  ],
});

describe('a position', () => {
  it('is a step by its occurrence; of too many, the last that there is', () => {
    expect(indexOf(twice, { id: 'read', occurrence: 1 })).toBe(1);
    expect(indexOf(twice, { id: 'read', occurrence: 2 })).toBe(3);
    expect(indexOf(twice, { id: 'request', occurrence: 9 })).toBe(2);
    expect(indexOf(once, { id: 'read', occurrence: 2 })).toBe(2);
  });

  it('is a number; the end, where the run ended before it', () => {
    expect(indexOf(twice, 'question')).toBe(-1);
    expect(indexOf(twice, 3)).toBe(2);
    expect(indexOf(twice, 12)).toBe(3);
    expect(indexOf(twice, { id: 'sign', occurrence: 1 })).toBe(3);
  });

  it('is kept from one run to another', () => {
    expect(sameStep(once, twice.steps[3])).toBe(2);
    expect(sameStep(twice, twice.steps[3])).toBe(3);
    expect(sameStep(twice, once.steps[1])).toBe(1);
    expect(sameStep(twice, undefined)).toBe(-1);
  });

  it('is written as an address', () => {
    const [, , , last] = twice.steps as [Step, Step, Step, Step];
    expect(stepAmong(['request', 'read'], last)).toBe('read-2');
    expect(stepAmong(['request', 'reply', 'close'], last)).toBe('3');
  });

  const whole = runOf({
    steps: [
      ['certificate', { party: 'server', action: 'generate_key_pair' }],
      ['client-hello', { party: 'client', action: 'send_client_hello' }],
      ['server-hello', { party: 'server', action: 'send_server_hello' }],
      ['close', { party: 'client', action: 'send_alert' }],
    ],
  });

  it('is counted from the offer of the client; what comes before it has an address alone', () => {
    expect(firstIndex(whole)).toBe(1);
    expect(indexOf(whole, 1)).toBe(1);
    expect(indexOf(whole, { id: 'certificate', occurrence: 1 })).toBe(0);
    expect(whole.steps.map((step) => placeIn(whole, step))).toEqual(['certificate', '1', '2', '3']);
    expect(placeIn(whole, undefined)).toBe('0');
    for (const step of whole.steps) expect(stepAt(whole, placeIn(whole, step))).toBe(step);
    expect(stepAt(whole, '0')).toBeUndefined();
  });

  it('takes every number that there was when the certificate was counted', () => {
    const ids = idsOf(parseOptions({}).options.run);
    const numbers = ids.map((_id, index) => index + 1);
    expect(numbers.map((number) => parsePosition(String(number), ids))).toEqual(numbers);
    expect(parsePosition(String(ids.length + 1), ids)).toBeNull();
    expect(numbers.map((number) => plannedStep(ids, number))).toEqual([...ids.slice(1), 'close']);
    expect(indexOf(whole, ids.length)).toBe(whole.steps.length - 1);
  });
});
