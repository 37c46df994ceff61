/**
 * What was asked for, so that a choice that another one displaced comes back as soon as it goes with the others again. Pure functions.
 */

import { CHOICE_NAMES, type ChoiceName, type Chosen, chosenValue, fittingValues, withValue } from '../../run/choices';

/** The values of each choice that were asked for, the newest last. */
export type Wishes = Readonly<Partial<Record<ChoiceName, readonly string[]>>>;

/** Values by their choices. */
export type Asked = Readonly<Partial<Record<ChoiceName, string | undefined>>>;

/** With what is asked for now. */
export function withWishes(wishes: Wishes, asked: Asked): Wishes {
  const added = CHOICE_NAMES.flatMap((name) => {
    const value = asked[name];
    return value === undefined ? [] : [[name, [...without(wishes[name], value), value]] as const];
  });
  return { ...wishes, ...Object.fromEntries(added) };
}

function without(values: readonly string[] = [], value: string): readonly string[] {
  return values.filter((each) => each !== value);
}

/** Without the values that a choice replaces: what was in force is given up by whoever chooses another value for it. */
export function withoutReplaced(wishes: Wishes, from: Chosen, choice: Asked): Wishes {
  const replaced = CHOICE_NAMES.filter((name) => name !== 'handshake' && choice[name] !== undefined);
  return {
    ...wishes,
    ...Object.fromEntries(replaced.map((name) => [name, without(wishes[name], chosenValue(name, from))])),
  };
}

/** Of each choice the newest wish that goes with those before it; where none does, undefined, which is the default. */
export function granted(wishes: Wishes, from: Chosen): Readonly<Record<ChoiceName, string | undefined>> {
  let chosen = from;
  const values = CHOICE_NAMES.map((name) => {
    const fit = fittingValues(name, chosen);
    const value = newest(wishes, name, (each) => fit.includes(each));
    const [best] = fit;
    const effective = value ?? best;
    if (effective !== undefined) chosen = withValue(chosen, name, effective);
    return [name, value] as const;
  });
  return Object.fromEntries(values) as Record<ChoiceName, string | undefined>;
}

/** The newest wish for a choice of which this is true. */
export function newest(wishes: Wishes, name: ChoiceName, isRight: (value: string) => boolean): string | undefined {
  return wishes[name]?.findLast(isRight);
}
