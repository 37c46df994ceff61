/**
 * What was asked for, so that a choice that another one displaced comes back as soon as it goes with the others again. Pure functions.
 */

import {
  CHOICE_NAMES,
  type ChoiceName,
  type Chosen,
  chosenValue,
  fittingValues,
  HANDSHAKES,
  withValue,
} from '../../run/choices';
import type { Handshake } from '../../run/model';

/** The values of each choice that were asked for, the newest last. */
export type Wishes = Readonly<Partial<Record<ChoiceName, readonly string[]>>>;

/** Values by their choices. */
export type Asked = Readonly<Partial<Record<ChoiceName, string | undefined>>>;

/** With what is asked for now. */
function withWishes(wishes: Wishes, asked: Asked): Wishes {
  const added = CHOICE_NAMES.flatMap((name) => {
    const value = asked[name];
    return value === undefined ? [] : [[name, [...without(wishes[name], value), value]] as const];
  });
  return { ...wishes, ...Object.fromEntries(added) };
}

function without(values: readonly string[] = [], value: string): readonly string[] {
  return values.filter((each) => each !== value);
}

/** After a choice: what was in force was asked for, too, and what the choice replaces is given up. */
export function wishesAfter(wishes: Wishes, inForce: Asked, from: Chosen, choice: Asked): Wishes {
  const all = withWishes(wishes, { ...inForce, handshake: from.handshake });
  return withWishes(withoutReplaced(all, from, choice), choice);
}

/** Without the values that a choice replaces. */
function withoutReplaced(wishes: Wishes, from: Chosen, choice: Asked): Wishes {
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

/** The last key exchange that was asked for in which the server shows who it is. */
export function lastNamed(wishes: Wishes, now: Handshake | undefined): Handshake {
  const all = withWishes(wishes, { handshake: now });
  const name = newest(all, 'handshake', (value) => value !== 'dh-anon');
  return HANDSHAKES.find((each) => each === name) ?? HANDSHAKES[0];
}

/** The newest wish for a choice of which this is true. */
function newest(wishes: Wishes, name: ChoiceName, isRight: (value: string) => boolean): string | undefined {
  return wishes[name]?.findLast(isRight);
}
