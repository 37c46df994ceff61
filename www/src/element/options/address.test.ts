import { describe, expect, it } from 'vitest';
import { runOf } from '../../../test/made';
import { CHOICE_NAMES, fittingValues, HANDSHAKES } from '../../run/choices';
import type { Step } from '../../run/model';
import { parametersOf, withParameters } from './address';
import { parseOptions, type RawOptions } from './options';

const at = (id: Step['id'], occurrence = 1): Step => ({
  ...(runOf({ steps: [[id]] }).steps[0] as Step),
  occurrence,
  index: 3,
});

const addressOf = (raw: RawOptions, step?: Step) =>
  withParameters('', parametersOf(parseOptions(raw).options.run, step, raw));

describe('the address of a place', () => {
  it('has nothing where everything has its default', () => {
    expect(addressOf({})).toBe('');
    expect(addressOf({ handshake: 'rsa', group: 'x25519', ems: 'on', seed: '' })).toBe('');
    expect(addressOf({ handshake: 'dhe', group: 'ffdhe2048' })).toBe('?handshake=dhe');
  });

  it('names the step by its id, and which one of several', () => {
    expect(addressOf({ handshake: 'ecdhe' }, at('read'))).toBe('?handshake=ecdhe&step=read');
    expect(addressOf({}, at('read', 2))).toBe('?step=read-2');
  });

  it('names a step by its place where its id leads nowhere', () => {
    expect(addressOf({ clientcert: 'missing' }, at('alert'))).toBe('?step=3&clientcert=missing');
  });

  it('has the theme and the seed that it is given', () => {
    const seed = '0f'.repeat(32);
    expect(addressOf({ theme: 'system', seed })).toBe(`?theme=system&seed=${seed}`);
  });

  it('leads back to the same options, whatever they are', () => {
    for (const handshake of HANDSHAKES) {
      const { run } = parseOptions({ handshake }).options;
      for (const name of CHOICE_NAMES.filter((each) => each !== 'handshake')) {
        for (const value of fittingValues(name, run)) {
          const raw = { handshake, [name]: value };
          const again = Object.fromEntries(new URLSearchParams(addressOf(raw, at('reply'))));
          const parsed = parseOptions(again);
          expect(parsed.problems).toEqual([]);
          expect(parsed.options).toEqual({ ...parseOptions(raw).options, position: { id: 'reply', occurrence: 1 } });
        }
      }
    }
  });

  it("leaves other people's parameters as they are written", () => {
    const parameters = parametersOf(parseOptions({ handshake: 'dhe' }).options.run, undefined, {});
    expect(withParameters('?step=8&utm_source=a%20b&fbclid&handshake=rsa&x=1+2', parameters)).toBe(
      '?handshake=dhe&utm_source=a%20b&fbclid&x=1+2',
    );
    expect(withParameters('?step=8', [])).toBe('');
  });
});
