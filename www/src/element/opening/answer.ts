/** What came of a key that was tried on the opening record, in words. Pure functions: all of it follows from the run. */

import { stepName } from '../../content/facts';
import type { Language } from '../../content/language';
import { OPENING, SIGNING } from '../../run/choices';
import type { AttemptOutcome, Handshake, PartyAttempt, Run, Step } from '../../run/model';
import { computedBy, type KeyPart, privateKeyPart } from '../../run/private-key';
import { there } from '../../run/there';
import { THE_KEY } from '../../run/values';

export interface Answer {
  readonly mark: 'opens' | 'indirectly' | 'fails';
  readonly sentences: readonly string[];
  readonly engineers: readonly string[];
  /** The step that the sentences speak of. */
  readonly step: Step | undefined;
  /** How the same choice ends elsewhere, and where that can be tried. */
  readonly elsewhere: { readonly text: string; readonly handshake: Handshake } | undefined;
}

/** Why a key does not fit this record, and all that follows from it: the figure says the one, and what stands below it the other. */
export function reasonAndRest({ mark, sentences }: Answer): {
  readonly reason: string | undefined;
  readonly rest: readonly string[];
} {
  if (mark === 'opens') return { reason: undefined, rest: sentences };
  const [reason, ...rest] = sentences;
  return { reason, rest };
}

export function answerOf(language: Language, run: Run, tried: PartyAttempt): Answer {
  const { question: say } = language.ui;
  const { key, outcome } = tried.attempt;
  const engineers = engineersOf(language, tried);
  if (outcome.code === 'opened') {
    const sentences = [say.opened(language.values[key].plain, computedBy(run, key))];
    return { mark: 'opens', sentences, engineers, step: undefined, elsewhere: undefined };
  }
  const wrong = wrongKey(language, run, tried);
  if (key !== THE_KEY) {
    const sentences = key === 'server_public_key' ? [...wrong, say.publicKey] : wrong;
    return { mark: 'fails', sentences, engineers, step: undefined, elsewhere: undefined };
  }
  const part = privateKeyPart(run);
  return {
    mark: part.suffices ? 'indirectly' : 'fails',
    sentences: [...wrong, ...privateKeySentences(language, part)],
    engineers,
    step: part.use?.step,
    elsewhere: elsewhere(language, part),
  };
}

/** Why it is the wrong key, before anything that is said of how it failed. */
function wrongKey({ ui, values }: Language, run: Run, { party, attempt }: PartyAttempt): readonly string[] {
  const record = there('record of the reply', run.question && run.records[run.question.record]);
  const key = there('key of the reply', record.key);
  return [
    ...(key === attempt.key ? [] : [ui.question.otherKey(values[key].plain)]),
    ...(attempt.outcome.code === 'not_held' ? [ui.question.notHeld(party)] : []),
  ];
}

function privateKeySentences(language: Language, { use, maker, suffices }: KeyPart): readonly string[] {
  const { question: say } = language.ui;
  const number = (step: Step) => stepName(language, step);
  return [
    use ? say.uses[useName(use.secret !== undefined, use.earlier)](number(use.step)) : say.uses.none,
    suffices ? (use?.earlier ? say.sufficesEarlier : say.suffices) : say.opensNothing,
    ...(suffices && maker ? [say.madeIt(maker.party, number(maker.step))] : []),
  ];
}

function useName(opens: boolean, earlier: boolean): 'decrypts' | 'decryptsEarlier' | 'signs' | 'signsEarlier' {
  if (opens) return earlier ? 'decryptsEarlier' : 'decrypts';
  return earlier ? 'signsEarlier' : 'signs';
}

/** Of other key exchanges this run shows nothing: that it is so is tested over runs of all. */
function elsewhere({ ui }: Language, { suffices }: KeyPart): Answer['elsewhere'] {
  const say = ui.question.elsewhere;
  const others = suffices ? SIGNING : OPENING;
  const names = others.map((handshake) => ui.handshake[handshake]);
  const text = suffices ? say.suffices(names) : say.opensNothing(names);
  return { text, handshake: others[0] };
}

function engineersOf(language: Language, { attempt }: PartyAttempt): readonly string[] {
  const { question: say } = language.ui;
  const reason = reasonOf(language, attempt.outcome);
  return [
    ...(isTried(attempt.outcome) ? [say.tried(attempt.function)] : []),
    ...(reason === undefined ? [] : [reason]),
  ];
}

/** Whether it says of a function what became of the key in it, or why it does not take this record. */
function isTried({ code }: AttemptOutcome): boolean {
  return code !== 'not_a_decryption_key' && code !== 'not_a_record' && code !== 'not_held';
}

function reasonOf({ ui }: Language, outcome: AttemptOutcome): string | undefined {
  const { reasons } = ui.question;
  switch (outcome.code) {
    case 'opened':
    case 'not_held':
      return undefined;
    case 'wrong_length':
      return reasons.wrong_length(outcome.got, outcome.needed);
    case 'not_a_decryption_key':
      return reasons.not_a_decryption_key(outcome.algorithm);
    default:
      return reasons[outcome.code];
  }
}
