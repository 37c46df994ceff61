import { describe, expect, it } from 'vitest';
import { failureOf, NetworkError } from './errors';

describe('what was thrown', () => {
  it("is the network's own failure, if it is one", () => {
    const failure = { code: 'search_crashed', detail: 'out of memory' } as const;
    expect(failureOf(new NetworkError(failure))).toBe(failure);
  });

  it('is a mistake in the page otherwise, with the place where it was made', () => {
    const failure = failureOf(new TypeError('x is not a function'));
    expect(failure).toMatchObject({ code: 'internal', detail: 'x is not a function' });
    expect(failure).toHaveProperty('stack', expect.stringContaining('errors.test.ts'));
  });

  it('need not be an error', () => {
    expect(failureOf('no error')).toMatchObject({ code: 'internal', detail: 'no error' });
  });
});
