/** The place of the page as an address: what differs from the defaults, and nothing else. Pure functions. */

import { CHOICE_NAMES, chosenValue, fittingValues } from '../../run/choices';
import type { Said } from '../../run/exchange';
import type { Step } from '../../run/model';
import { OPTION_NAMES, type OptionName, type Options, type RawOptions } from './options';
import { idsOf, stepAmong } from './position';

/** The parameters that lead to a step of the run with these options, or to the question; those that have their defaults left out. */
export function parametersOf(
  run: Options['run'],
  step: Step | undefined,
  { seed, theme, sends, replies }: Pick<RawOptions, 'seed' | 'theme' | Said>,
): readonly (readonly [OptionName, string])[] {
  const values: Partial<Record<OptionName, string | undefined>> = {
    step: step && stepAmong(idsOf(run), step),
    seed: seed || undefined,
    theme,
    sends,
    replies,
  };
  for (const name of CHOICE_NAMES) {
    const value = chosenValue(name, run);
    if (value !== fittingValues(name, run)[0]) values[name] = value;
  }
  return OPTION_NAMES.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const]));
}

/**
 * The address's query with these parameters in the place of its own. What is no parameter of this page stays as it is written:
 * it is of no account here, and whoever put it there may read it.
 */
export function withParameters(search: string, parameters: readonly (readonly [OptionName, string])[]): string {
  const own = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const all = [...own, ...othersOf(search)];
  return all.length === 0 ? '' : `?${all.join('&')}`;
}

function othersOf(search: string): readonly string[] {
  const known: readonly string[] = OPTION_NAMES;
  return search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => [...new URLSearchParams(pair).keys()].some((name) => !known.includes(name)));
}
