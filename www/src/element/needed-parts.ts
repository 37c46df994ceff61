/** Which parts have to be loaded, and which of them are not there yet. Pure functions. */

import { needsFurther, takesFurther } from '../content/facts';
import type { PartName } from '../content/language';
import type { Run } from '../run/model';
import { DRAWERS } from './drawer/drawers';
import type { Options } from './options/options';
import type { LoadedParts, View } from './views';

export interface Asked {
  readonly view: View;
  /** Index of the step on display; -1 is the question. */
  readonly index: number;
  readonly options: Options | undefined;
  /** Whether a pointer or the focus has been in the element. */
  readonly isUsed: boolean;
  readonly run: Run | undefined;
}

/** What the reader has opened, and what it takes to show the run. What comes next is loaded once the reader turns to it. */
export function neededParts({ view, index, options, isUsed, run }: Asked): readonly PartName[] {
  const isAtStep = index >= 0 || (options?.position ?? 'question') !== 'question';
  const all: readonly (readonly [PartName, boolean])[] = [
    ...DRAWERS.map((name) => [name, view.drawer?.is === name] as const),
    ['menu', view.more],
    ['steps', isAtStep || isUsed],
    ['further', (run !== undefined && takesFurther(run)) || (options !== undefined && needsFurther(options.run))],
  ];
  return all.flatMap(([name, isNeeded]) => (isNeeded ? [name] : []));
}

export interface MissingPart {
  readonly name: PartName;
  /** Why it could not be loaded; undefined while it is being loaded. */
  readonly failed: string | undefined;
}

/** What is still to be loaded before this can be shown. */
export function missingPart({ words, failed }: LoadedParts, run: Run, index: number): MissingPart | undefined {
  const needed: readonly PartName[] = [
    ...(index >= 0 ? (['steps'] as const) : []),
    ...(takesFurther(run) ? (['further'] as const) : []),
  ];
  const name = needed.find((each) => !words[each]);
  return name && { name, failed: failed[name] };
}
