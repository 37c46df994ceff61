/** What the folded part of the panel is about, in one line: the RFC's term, the function, how long it took; or which messages. */

import type { Language } from '../../content/language';
import type { Computation, Run, Step, ValueName } from '../../run/model';
import type { Picture } from '../../run/picture/model';
import { pictureOf } from '../../run/picture/picture';
import { there } from '../../run/there';
import { computationsOf } from '../../run/values';
import { duration } from '../shared/format';
import { rfcOf } from './formulas';

/** As many messages as there is room for. */
const MOST = 2;

export function summaryOf(language: Language, run: Run, step: Step): string {
  const main = mainComputation(run, step);
  if (!main) return messagesOf(language, run, step);
  const { milliseconds, outputs } = main;
  const [output] = outputs;
  const term = output ? [rfcOf(language, output)] : [];
  const took = milliseconds === undefined ? [] : [language.ui.panel.took(duration(language, milliseconds))];
  return [...term, main.function, ...took].join(language.ui.panel.between);
}

/** The one that the picture is about; of checks, what they check. */
function mainComputation(run: Run, step: Step): Computation | undefined {
  const found = pictureOf(run, step);
  const name = found && resultOf(found);
  const all = computationsOf(run, step).map(({ computation }) => computation);
  if (found?.is === 'checking' && !found.failed) return all[0];
  return all.find(({ outputs }) => outputs.some((output) => output.name === name));
}

function resultOf(picture: Picture): ValueName | undefined {
  switch (picture.is) {
    case 'operations':
      return picture.all[0]?.computed.name;
    case 'agreement':
      return picture.sides[0]?.result.name;
    case 'derivation':
      return picture.stages.at(-1)?.results[0]?.name;
    case 'confirmation':
      return picture.sent.name;
    case 'keeping':
      return picture.kept[0]?.value.name;
    default:
      return undefined;
  }
}

function messagesOf(language: Language, run: Run, step: Step): string {
  const names = step.records.flatMap((index) =>
    there(`record ${index}`, run.records[index]).messages.map(({ name }) => language.messages[name].label),
  );
  return [...new Set(names)].slice(0, MOST).join(language.ui.panel.between);
}
