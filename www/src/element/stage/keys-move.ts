/**
 * Keys move: what a step's computation takes goes into it, what it makes comes out of it, and what was erased leaves. Chips are where
 * they belong from the beginning; what moves are they themselves, from where they come from, and copies that vanish on arrival.
 */

import { keyMovements } from '../../run/key-movements';
import type { Run, Step } from '../../run/model';
import { TRAVEL } from './diagram';

/** A step that was just stepped into. */
export interface StepInto {
  /** The element's own tree. */
  readonly root: ShadowRoot;
  /** How far the diagram still scrolls to the step. */
  readonly scrolling: number;
  /** Whether it was stepped into forwards. */
  readonly moving: boolean;
  readonly pace: number;
}

export type KeysMove = (into: StepInto, run: Run, step: Step) => void;

const EASE = 'cubic-bezier(0.4, 0, 0.3, 1)';

/** What goes in takes the first part of the time, what comes out the last. */
const IN = 0.55;
const OUT = 0.45;

export const keysMove: KeysMove = ({ root, scrolling, moving, pace }, run, step) => {
  const isAllowed = moving && !matchMedia('(prefers-reduced-motion: reduce)').matches;
  const duration = TRAVEL / pace;
  if (isAllowed) for (const chip of gone(root)) leave(root, chip, duration);
  crossedOut.set(root, [...root.querySelectorAll<HTMLElement>('.stage .key.erased.now')].map(asItStands));
  if (isAllowed) moveKeys(root, run, step, scrolling, duration);
};

function moveKeys(root: ShadowRoot, run: Run, step: Step, scrolling: number, duration: number): void {
  for (const { party, inputs, outputs } of keyMovements(run, step)) {
    const work = root.querySelector(`.step.now :is(.work, .event)[data-lane="${party}"]`);
    if (!work) continue;
    const at = moved(work.getBoundingClientRect(), scrolling);
    const sources = inputs.flatMap((name) => chipOf(root, party, name) ?? carried(root, name) ?? []);
    const made = outputs.flatMap((name) => chipOf(root, party, name) ?? []);
    for (const source of new Set(sources)) goInto(root, source, at, duration * IN, scrolling);
    for (const chip of new Set(made)) comeOut(chip, at, duration * OUT, duration * (1 - OUT));
  }
}

/** What was crossed out in the step before: a copy of how it stood. */
interface CrossedOut {
  readonly party: string;
  readonly name: string;
  readonly copy: HTMLElement;
}

const crossedOut = new WeakMap<ShadowRoot, readonly CrossedOut[]>();

function asItStands(chip: HTMLElement): CrossedOut {
  const copy = copyOf(chip, chip.getBoundingClientRect());
  copy.classList.add('erased');
  const { party = '' } = chip.closest<HTMLElement>('.party')?.dataset ?? {};
  return { party, name: chip.dataset.value ?? '', copy };
}

/** Those that are in no box any more. */
function gone(root: ShadowRoot): readonly CrossedOut[] {
  return (crossedOut.get(root) ?? []).filter(({ party, name }) => !chipOf(root, party, name));
}

function leave(root: ShadowRoot, { copy }: CrossedOut, duration: number): void {
  root.append(copy);
  const animation = copy.animate([{}, { transform: 'translateY(-12px)', opacity: 0 }], { duration, easing: EASE });
  animation.finished.catch(() => {}).finally(() => copy.remove());
}

function chipOf(root: ShadowRoot, party: string, name: string): HTMLElement | undefined {
  const box = root.querySelector(`.stage .party[data-party="${party}"]`);
  return box?.querySelector<HTMLElement>(`.key:is([data-value="${name}"], [data-members~="${name}"])`) ?? undefined;
}

/** What a message carried: only that outline is left of what was encrypted. */
function carried(root: ShadowRoot, name: string): HTMLElement | undefined {
  return root.querySelector<HTMLElement>(`.stage .enclosed[data-encrypted="${name}"]`) ?? undefined;
}

/** A copy of it goes there. */
function goInto(root: ShadowRoot, source: HTMLElement, to: DOMRect, duration: number, scrolling: number): void {
  const from = moved(source.getBoundingClientRect(), source.closest('.sequence') ? scrolling : 0);
  const copy = copyOf(source, from);
  root.append(copy);
  // Its glyph and its name are what goes in, not what is said of it.
  for (const part of copy.querySelectorAll('em, .rfc')) part.remove();
  const animation = copy.animate(
    [
      { transform: 'none', opacity: 1 },
      { opacity: 1, offset: 0.8 },
      { transform: `${between(from, to)} scale(0.7)`, opacity: 0 },
    ],
    { duration, easing: EASE },
  );
  animation.finished.catch(() => {}).finally(() => copy.remove());
}

/** It comes from there. */
function comeOut(chip: HTMLElement, from: DOMRect, duration: number, delay: number): void {
  const start = { transform: `${between(chip.getBoundingClientRect(), from)} scale(0.6)`, opacity: 0 };
  chip.animate([start, { transform: 'none', opacity: 1 }], { duration, delay, easing: EASE, fill: 'backwards' });
}

function copyOf(source: HTMLElement, { left, top, width }: DOMRect): HTMLElement {
  const copy = source.cloneNode(true) as HTMLElement;
  copy.classList.remove('new', 'erased', 'now');
  copy.classList.add('moving-copy');
  copy.ariaHidden = 'true';
  copy.inert = true;
  // A name of its own would be there twice.
  for (const attribute of ['data-value', 'data-members', 'data-group', 'data-encrypted', 'data-state']) {
    copy.removeAttribute(attribute);
  }
  for (const part of copy.querySelectorAll('[popover]')) part.remove();
  for (const [name, value] of Object.entries({ left, top, width })) copy.style.setProperty(name, `${value}px`);
  return copy;
}

const moved = ({ x, y, width, height }: DOMRect, scrolling: number): DOMRect =>
  new DOMRect(x, y - scrolling, width, height);

const between = (a: DOMRect, b: DOMRect): string =>
  `translate(${b.x + b.width / 2 - (a.x + a.width / 2)}px, ${b.y + b.height / 2 - (a.y + a.height / 2)}px)`;
