/** The terms that readers come with, as they are found, and what is said of them. */

import { describe, expect, it } from 'vitest';
import { language } from '../../content/en';
import { plainly, type TermWords, wordCount } from '../../content/words';
import type { Handshake, Run, Step } from '../../run/model';
import { stepsFor } from '../../run/steps';
import { stepOfTerm, TERM_NAMES } from '../../run/terms';
import { findIn } from './find-terms';

const { terms } = await language.parts.terms();
const entries = TERM_NAMES.map((id) => ({ id, names: [terms[id].name, ...terms[id].words] }));
const said = Object.entries<TermWords>(terms);
const everyWord = said.flatMap(([id, { name, words }]) => [name, ...words].map((word) => [word, id] as const));

/** The steps that a run with this handshake has, and no more of it. */
function runWith(handshake: Handshake): Pick<Run, 'steps'> {
  const ids = stepsFor({ handshake, clientCertificate: 'off', resumption: 'none' });
  return {
    steps: ids.map(
      (id, index): Step => ({ id, index, occurrence: 1, number: index + 1, lane: 'both', units: [], records: [] }),
    ),
  };
}

describe('a term', () => {
  it.each(everyWord)('is found first by each of its words: %s', (word, id) => {
    expect(findIn(entries, word)[0]?.id).toBe(id);
    expect(findIn(entries, ` ${word.toUpperCase()}  `)[0]?.id).toBe(id);
  });

  it.each(said)('is explained in one or two sentences, in plain words: %s', (_, { text }) => {
    const whole = plainly(language, text);
    const sentences = whole.split(/(?<=[.?!])\s+/);
    expect(sentences.length).toBeLessThanOrEqual(2);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(wordCount(whole)).toBeLessThanOrEqual(45);
    expect(whole).not.toMatch(/[{}_]/);
  });

  it.each(['rsa', 'ecdhe', 'dhe'] as const)('leads to a step that the run has: %s', (handshake) => {
    const run = runWith(handshake);
    const led = TERM_NAMES.filter((term) => stepOfTerm(run, term));
    // RSA key exchange has no one-time keys.
    expect(TERM_NAMES.filter((term) => !led.includes(term))).toEqual(handshake === 'rsa' ? ['one-time key'] : []);
    for (const term of led) expect(run.steps).toContain(stepOfTerm(run, term));
  });

  it('leads nowhere, where a run has no such step', () => {
    expect(stepOfTerm({ steps: [] }, 'handshake')).toBeUndefined();
  });
});

describe('the search', () => {
  it('finds by the beginning of a word, without case and punctuation', () => {
    expect(findIn(entries, 'pre-mast')[0]?.id).toBe('pre-master secret');
    expect(findIn(entries, 'SYMM')[0]?.id).toBe('symmetric');
    expect(findIn(entries, 'what is a session key?')[0]?.id).toBe('session key');
  });

  it('shows all where nothing is typed, and nothing for what nobody says', () => {
    expect(findIn(entries, '  ')).toEqual(entries);
    expect(findIn(entries, 'xyzzy')).toEqual([]);
  });
});
