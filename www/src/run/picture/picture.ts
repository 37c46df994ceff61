/**
 * Which picture a step has, by its events: by what goes into its computations and comes out of them, by what it checks, carries, keeps
 * and erases. The protocol's name has no say in it. Pure functions.
 */

import type { Run, Step } from '../model';
import { replyRead } from '../reply';
import { unitsOf } from '../values';
import { carrying } from './carrying';
import { checking, failing } from './checking';
import { agreement, confirmation, derivation, operations } from './computing';
import { erasing, keeping } from './keeping';
import type { Picture } from './model';

/** None where no picture says more than the step's arrow or box does; the reply that is read is shown as such. */
export function pictureOf(run: Run, step: Step): Picture | undefined {
  if (replyRead(run, step)) return undefined;
  // Of an earlier connection, what it leaves.
  if (unitsOf(run, step).every(({ scope }) => scope === 'earlier')) return keeping(run, step);
  for (const draw of KINDS) {
    const picture = draw(run, step);
    if (picture) return picture;
  }
  return undefined;
}

/** First to last: what a step is about comes before what it does by the way. */
const KINDS: readonly ((run: Run, step: Step) => Picture | undefined)[] = [
  failing,
  checking,
  agreement,
  derivation,
  confirmation,
  erasing,
  operations,
  carrying,
  keeping,
];
