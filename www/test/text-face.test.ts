/** The part of the text face that the page fetches. */

import { expect, it } from 'vitest';
import { CHARACTERS, textFace } from '../build/text-face';
import { anonymous } from '../src/content/en/parts/anonymous-steps';
import { steps } from '../src/content/en/parts/step-texts';
import { ui } from '../src/content/en/ui';

it('has every character of the titles and captions in English', () => {
  const said = [ui.claim, ui.question.ask, ...titlesIn({ steps, anonymous })];
  expect(said.length).toBeGreaterThan(80);
  // The names in placeholders give way to values of the run.
  const characters = new Set(said.join('').replace(/\{\w+\}/g, ''));
  expect([...characters].filter((character) => !CHARACTERS.includes(character))).toEqual([]);
});

function titlesIn(words: unknown): readonly string[] {
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([name, value]) => {
    if (typeof value === 'string') return name === 'title' || name === 'caption' ? [value] : [];
    return titlesIn(value);
  });
}

it('is small enough for a first view, and the same each time', async () => {
  const face = await textFace();
  expect(face.subarray(0, 4).toString()).toBe('wOF2');
  expect(face.length).toBeLessThan(15_000);
  expect(face.equals(await textFace())).toBe(true);
}, 60_000);
