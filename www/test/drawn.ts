/** All that the page draws of a run, as text: every step's panel and diagram rows, and every party's memory. No browser. */

import { wordCount } from '../src/content/words';
import { memoryCard } from '../src/element/memory/memory-card';
import { panel } from '../src/element/panel/panel';
import { picture } from '../src/element/panel/picture/picture';
import { sequence } from '../src/element/stage/diagram';
import type { Run, Step } from '../src/run/model';
import { PARTIES } from '../src/run/model';
import { lookAt } from '../src/run/possession/findings';
import { english, memoryWords } from './english';

/** What a template puts between its strings, however deep; what it listens to is no text. */
function textIn(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(textIn).join(' ');
  if (typeof value !== 'object' || value === null) return '';
  if ('strings' in value && 'values' in value) {
    const [strings, values] = [value.strings as readonly string[], value.values as readonly unknown[]];
    return strings
      .map((text, index) => text + (index < values.length ? insertedText(text, values[index]) : ''))
      .join('');
  }
  return '';
}

/** Nothing at all in the place of a text is a mistake, where it is meant to be nothing there is a word for it. */
function insertedText(before: string, value: unknown): string {
  const isProperty = /[.@?]\S+=$/.test(before);
  return value === undefined && !isProperty ? 'undefined' : textIn(value);
}

function ignore(): void {}

export function panelText(run: Run, step: Step): string {
  const acts = {
    openBytes: ignore,
    openDrawer: ignore,
    showPlace: ignore,
    go: ignore,
    leave: ignore,
    switchHandshake: ignore,
  };
  return textIn(panel({ language: english, run, step, record: undefined, narrow: false, ...acts }));
}

export function pictureText(run: Run, step: Step): string {
  return textIn(picture(english, run, step));
}

/** What a panel shows before anything in it is opened: its text, without bytes and buttons, and how many words that are. */
export function defaultPanel(run: Run, step: Step): { readonly text: string; readonly words: number } {
  const text = panelText(run, step)
    // Folded, but for the line that says what is.
    .replace(/(<details[^>]*>\s*<summary[^>]*>.*?<\/summary>).*?<\/details>/gs, '$1')
    // The reply is the server's text, not the page's; bytes are no words.
    .replace(/<(code|pre|svg|button)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
  return { text, words: wordCount(text) };
}

export function diagramText(run: Run, step: Step): string {
  return textIn(sequence({ language: english, run, step, moving: false, pace: 1, select: ignore }));
}

export function memoryTexts(run: Run, step: Step): readonly string[] {
  return PARTIES.map((party) => {
    const look = lookAt(run, step, party);
    const hits = { addresses: [], total: 0 };
    const view = { run, step, look, narrow: false, theme: undefined, hits, hitLength: 0, commandNeedle: undefined };
    return textIn(memoryCard({ language: english, words: memoryWords, ...view, show: ignore }));
  });
}

/** Everything of these steps, with the step that it is of. */
export function drawn(run: Run, steps = run.steps): readonly (readonly [step: string, text: string])[] {
  return steps.flatMap((step) =>
    [panelText(run, step), diagramText(run, step), ...memoryTexts(run, step)].map((text) => [step.id, text] as const),
  );
}
