/** The part of the text face that the page fetches. */

import { expect, it } from 'vitest';
import { CHARACTERS, textFace } from '../build/text-face';
import { steps } from '../src/content/en/parts/steps';
import { ui } from '../src/content/en/ui';

it('has every character of the titles and captions in English', () => {
  const said = [ui.claim, ui.question.ask, ...Object.values(steps.texts).flatMap(textsIn)];
  expect(said.length).toBeGreaterThan(60);
  const missing = [...new Set(said.join(''))].filter((character) => !CHARACTERS.includes(character));
  expect(missing).toEqual([]);
});

/** All strings in it; a sentence that is made from the run has the characters of its source. */
function textsIn(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words];
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsIn) : [];
}

it('is small enough for a first view, and the same each time', async () => {
  const face = await textFace();
  expect(face.subarray(0, 4).toString()).toBe('wOF2');
  expect(face.length).toBeLessThan(20_000);
  expect(face.equals(await textFace())).toBe(true);
}, 60_000);
