/** The one place where attributes and address parameters, which may be anything, become options, which are right. */

import type { Language } from '../../content/language';
import {
  CHOICE_NAMES,
  CHOICES,
  type ChoiceName,
  type Chosen,
  fitting,
  fittingValues,
  valuesOf,
  withValue,
} from '../../run/choices';
import type { RunOptions, Seed } from '../../run/model';
import { idsOf, lastNumber, type Position, parsePosition } from './position';

/** The default is the first. */
export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

export function isTheme(text: string | null | undefined): text is Theme {
  return THEMES.some((theme) => theme === text);
}

/** Every option, by its attribute's name: what can be chosen for a run (run/choices.ts), and what is no choice of a run. */
export const OPTION_NAMES = [
  'handshake',
  'step',
  'theme',
  ...CHOICE_NAMES.filter((name) => name !== 'handshake'),
  'seed',
] as const;

export type OptionName = ChoiceName | 'step' | 'theme' | 'seed';
export type RawOptions = Readonly<Partial<Record<OptionName, string | undefined>>>;

/** Midnight of 1 January 2026: a seeded run has its own time of day, or it would not be the same run tomorrow. */
const SEEDED_TIME = 1_767_225_600;

/** The server that the client wants to reach, and what it asks for. */
const SERVER_NAME = 'bank.example';
const PATH = '/account';

export interface Options {
  readonly run: RunOptions;
  readonly position: Position;
}

/** Options by their attributes; undefined is the default. */
export type Choice = Partial<Record<OptionName, string | undefined>>;

export interface Problem {
  readonly name: OptionName;
  /** What is wrong, what is allowed, and what is used instead. */
  readonly message: (language: Language) => string;
}

export interface Parsed {
  /** They are right, whatever was asked for. */
  readonly options: Options;
  /** What was asked for and is not allowed: it has its default. */
  readonly problems: readonly Problem[];
}

/** What a run is without any wish. */
const DEFAULTS: Chosen = {
  handshake: 'rsa',
  certificate: 'rsa',
  cipher: 'aes-128-gcm',
  group: 'x25519',
  clientCertificate: 'off',
  extendedMasterSecret: true,
  encryptThenMac: true,
  resumption: 'none',
};

export function parseOptions(raw: RawOptions): Parsed {
  const problems: Problem[] = [];
  type Said = (language: Language) => string;
  const reject = (name: OptionName, allowed: Said, used: Said) =>
    problems.push({
      name,
      message: (language) => language.ui.errors.option(name, raw[name] ?? '', allowed(language), used(language)),
    });

  let chosen = DEFAULTS;
  for (const name of CHOICE_NAMES) {
    const fit = fittingValues(name, chosen);
    const [best = ''] = fit;
    const value = raw[name] ?? best;
    const all = valuesOf(name);
    if (!all.includes(value))
      reject(
        name,
        ({ ui }) => ui.options.allowed(all),
        () => best,
      );
    else if (!fit.includes(value)) reject(name, misfit(name, chosen, fit), () => best);
    // What else is wrong is judged as if it had its default.
    chosen = withValue(chosen, name, fit.includes(value) ? value : best);
  }
  if (raw.theme !== undefined && !isTheme(raw.theme)) {
    reject(
      'theme',
      ({ ui }) => ui.options.allowed(THEMES),
      () => THEMES[0],
    );
  }
  const seed = parseSeed(raw.seed);
  if (seed === null)
    reject(
      'seed',
      ({ ui }) => ui.options.seed,
      ({ ui }) => ui.options.noSeed,
    );
  const ids = idsOf(chosen);
  const position = parsePosition(raw.step, ids);
  if (position === null)
    reject(
      'step',
      ({ ui }) => ui.options.step(lastNumber(ids), ids),
      ({ ui }) => ui.options.noStep,
    );

  const run = { ...chosen, serverName: SERVER_NAME, path: PATH, interventions: [], ...(seed ? { seed } : {}) };
  return { options: { run, position: position ?? 'question' }, problems };
}

/** Why a value does not go with those before it. */
function misfit(name: ChoiceName, { handshake }: Chosen, fit: readonly string[]): (language: Language) => string {
  return ({ ui }) => (name === 'resumption' ? ui.options.resumption : ui.options.goesWith(handshake, fit));
}

/** A choice, by attributes, with what no longer goes with it left to its default. */
export function fittedChoice(options: RunOptions, choice: Choice): Choice {
  const wanted = CHOICE_NAMES.reduce((all, name) => {
    const value = choice[name];
    return value === undefined ? all : withValue(all, name, value);
  }, options);
  const fit = fitting(wanted);
  const misfits = CHOICE_NAMES.filter((name) => fit[CHOICES[name].property] !== wanted[CHOICES[name].property]);
  return { ...choice, ...Object.fromEntries(misfits.map((name) => [name, undefined])) };
}

function parseSeed(text: string | undefined): Seed | null | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^[0-9a-f]{64}$/i.test(text)) return null;
  const bytes = new Uint8Array(32);
  for (let i = 0; i < 32; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return { bytes, time: SEEDED_TIME };
}
