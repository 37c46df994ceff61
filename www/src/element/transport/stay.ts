/** How long a step stays on display while the page plays. A pure function. */

import { facts, stepWords } from '../../content/facts';
import type { Language } from '../../content/language';
import { fill, wordCount } from '../../content/words';
import { diagramRows } from '../../run/diagram';
import type { Run, Step } from '../../run/model';
import { TRAVEL } from '../stage/diagram';
import { readingTime } from './player';

/** In milliseconds: as long as title and caption take to read, and its messages to travel. The last step stays. */
export function stayAt(language: Language, run: Run, step: Step, pace: number): number | undefined {
  if (step.index >= run.steps.length - 1) return undefined;
  const { title, caption } = stepWords(language, run, step.id);
  const words = wordCount(`${title} ${fill(caption, facts(language, run))}`);
  const arrows = diagramRows(run, step).filter((row) => row.kind === 'arrow').length;
  return readingTime(words, pace) + (arrows * TRAVEL) / pace;
}
