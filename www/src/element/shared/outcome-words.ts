/** How a run ended, in words: who gave it up, or who waits for what. */

import type { Language } from '../../content/language';
import type { Run, RunOutcome, Wait } from '../../run/model';
import { messagesAwaited } from '../../run/outcome';

/** The run's end in one sentence; a run that is complete needs none. */
export function outcomeTitle(language: Language, outcome: Exclude<RunOutcome, { is: 'complete' }>): string {
  const { ui } = language;
  switch (outcome.is) {
    case 'failed': {
      const { party, report } = outcome.failure;
      return report.alert ? ui.status.failed(party) : ui.status.gaveUp(party);
    }
    case 'stalled':
      return ui.status.stalled(outcome.waits.map((wait) => waitWords(language, wait)));
  }
}

/** For example "the server waits for ClientKeyExchange". */
export function waitWords({ messages, ui }: Language, wait: Wait): string {
  const awaited = messagesAwaited(wait);
  if (!awaited) return ui.waits.for(wait.party, [ui.waits.rest]);
  return ui.waits.for(
    wait.party,
    awaited.map((name) => ui.waits.named[name] ?? messages[name].label),
  );
}

/** Whether this is the step at which a run ended that ended early. */
export function isEnd(run: Run, step: Run['steps'][number]): boolean {
  return run.outcome.is !== 'complete' && step.index === run.steps.length - 1;
}
