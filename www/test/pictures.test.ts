/**
 * The picture of every step, over runs of all options: what goes in and comes out is what the step's formulas have, no less and
 * no more; who has it is what the searches and the wire say; and the panel is brief.
 */

import { describe, expect, it } from 'vitest';
import { hexOf } from '../src/element/shared/format';
import { bufferAt } from '../src/run/bytes';
import { contains } from '../src/run/compare';
import type { Party, Run, Step, Value } from '../src/run/model';
import { PARTIES } from '../src/run/model';
import type { Holders, Picture } from '../src/run/picture/model';
import { pictureOf } from '../src/run/picture/picture';
import { checksOf, erasedIn, lastUnit, rows } from '../src/run/values';
import { defaultPanel, pictureText } from './drawn';
import { EVERY, runWith } from './every-option';
import { describeOptions, OPTIONS } from './parties';
import { expected, type Formula, isContentOf, same } from './pictures';

/** Names and bytes, as one text each, in an order of their own. */
const sorted = (values: readonly Value[]): readonly string[] =>
  values.map(({ name, parts }) => `${name} ${hexOf(parts[0]?.bytes ?? new Uint8Array())}`).toSorted();

/** The formulas as the picture has them. */
function shownBy(picture: Picture): readonly Formula[] {
  switch (picture.is) {
    case 'operations':
      return picture.all.map(({ given, key, result }) => ({ inputs: [given, key], outputs: [result] }));
    case 'agreement':
      return picture.sides.map(({ own, other, result }) => ({ inputs: [own, other], outputs: [result] }));
    case 'derivation':
      return picture.stages.map(({ given, results }) => ({
        inputs: given.map(({ value }) => value),
        outputs: results,
      }));
    case 'confirmation':
      return [picture.sent, ...(picture.computed ? [picture.computed] : [])].map((value) => ({
        inputs: [picture.covers, picture.key],
        outputs: [value],
      }));
    default:
      return [];
  }
}

/** The request and the reply are called so, where the formula says plaintext. */
function asCalled(values: readonly Value[], shown: readonly Value[]): readonly Value[] {
  return values.map((value) => shown.find((other) => isContentOf(other, value)) ?? value);
}

function expectFormulas(run: Run, step: Step, picture: Picture, of: string): void {
  const shown = shownBy(picture);
  const meant = expected[picture.is]?.(run, step);
  if (!meant) return;
  expect(shown.length, of).toBe(meant.length);
  for (const [i, { inputs, outputs }] of meant.entries()) {
    const own = shown[i];
    expect(sorted(own?.inputs ?? []), of).toEqual(sorted(asCalled(inputs, own?.inputs ?? [])));
    expect(sorted(own?.outputs ?? []), of).toEqual(sorted(asCalled(outputs, own?.outputs ?? [])));
  }
}

/** By the searches from just before the step until its end, of everybody. */
function expectHolders(run: Run, step: Step, value: Value, { has, lacks }: Holders, of: string): void {
  expect([...has, ...lacks].filter((party) => party !== 'authority').toSorted(), of).toEqual([
    'client',
    'eavesdropper',
    'server',
  ]);
  if (!rows(run).some(({ name, searchable }) => name === value.name && searchable)) {
    expect(lacks, of).toEqual([]);
    return;
  }
  const isFound = (party: Party) => {
    const own = run.looks.filter((look) => look.party === party && look.unit <= lastUnit(step));
    const before = own.filter(({ unit }) => unit < (step.units[0] ?? 0)).slice(-1);
    const during = own.filter(({ unit }) => step.units.includes(unit));
    return [...before, ...during].some(({ findings }) =>
      findings.some(({ name, copies }) => name === value.name && copies.length > 0),
    );
  };
  expect(has, of).toEqual(PARTIES.filter(isFound));
}

function holdersIn(picture: Picture): readonly (readonly [Value, Holders])[] {
  switch (picture.is) {
    case 'operations':
      return picture.all.map(({ key, keyHolders }) => [key, keyHolders] as const);
    case 'agreement':
      return picture.sides.map(({ result }) => [result, picture.holders] as const);
    case 'derivation': {
      const made = picture.stages.at(-1)?.results ?? [];
      return [
        ...picture.stages.flatMap(({ given }) => given.map(({ value, holders }) => [value, holders] as const)),
        ...made.map((value) => [value, picture.holders] as const),
      ];
    }
    case 'keeping':
      return picture.kept.map(({ value, holders }) => [value, holders] as const);
    case 'carrying':
      return picture.stays.map(({ value, holders }) => [value, holders] as const);
    default:
      return [];
  }
}

function expectOthers(run: Run, step: Step, picture: Picture, of: string): void {
  if (picture.is === 'checking') {
    const made = checksOf(run, step).map(({ check }) => check);
    const failed = made.find(({ outcome }) => outcome.outcome === 'failed');
    expect(picture.failed, of).toBe(failed);
    expect(picture.shown.length, of).toBe(failed ? 1 : Math.min(3, picture.passed));
    for (const check of picture.shown) {
      expect(made, of).toContain(check);
      expect(check.outcome.outcome, of).toBe(failed ? 'failed' : 'passed');
    }
    expect(picture.passed, of).toBe(made.filter(({ outcome }) => outcome.outcome === 'passed').length);
  }
  if (picture.is === 'carrying') {
    for (const { record, values } of picture.messages) {
      const messages = (run.records[record]?.messages ?? []).map(({ buffer }) => bufferAt(run, buffer)?.bytes);
      for (const { name, parts } of values) {
        const isIn = messages.some((bytes) => bytes && contains(bytes, parts[0]?.bytes ?? new Uint8Array()));
        expect(isIn, `${of}: ${name}`).toBe(true);
      }
    }
  }
  if (picture.is === 'erasing') {
    const erased = new Set(erasedIn(run, step).map(({ name }) => name));
    for (const { name, by, copies } of picture.gone) {
      expect(erased.has(name), of).toBe(true);
      expect(by.length, of).toBeGreaterThan(0);
      // Nobody has a copy left that had erased its own, and before there was one each; but a session that can be resumed keeps its
      // master secret.
      const isKept = name === 'master_secret' && run.options.resumption !== 'none';
      if (copies && !isKept) expect(copies, `${of}: ${name}`).toEqual({ before: by.length, after: 0 });
    }
  }
}

/** All values of a picture, by name. */
function valuesIn(picture: Picture): readonly Value[] {
  const formulas = shownBy(picture).flatMap(({ inputs, outputs }) => [...inputs, ...outputs]);
  const others = holdersIn(picture).map(([value]) => value);
  const carried = picture.is === 'carrying' ? picture.messages.flatMap(({ values }) => values) : [];
  return [...formulas, ...others, ...carried];
}

/** What is drawn has no value and no bytes but those of the picture. */
function expectNothingElse(run: Run, step: Step, picture: Picture, of: string): void {
  const text = pictureText(run, step);
  const gone = picture.is === 'erasing' ? picture.gone.filter(({ copies }) => copies).map(({ name }) => name) : [];
  const values = valuesIn(picture);
  const names = new Set([...values.map(({ name }) => name), ...gone]);
  const drawn = [...text.matchAll(/data-value=(\w+)/g)].map(([, name]) => name);
  // Of what one step does several times, two are drawn.
  expect(new Set(drawn), of).toEqual(names);
  const starts = values.flatMap(({ parts }) => parts.map(({ bytes }) => hexOf(bytes)));
  for (const [, hex = ''] of text.matchAll(/<code>([0-9a-f ]+?)(?: …)?<\/code>/g)) {
    expect(
      starts.some((start) => start.startsWith(hex)),
      `${of}: ${hex}`,
    ).toBe(true);
  }
}

function expectPictures(run: Run, name: string): void {
  const kinds = new Set<string>();
  for (const step of run.steps) {
    const of = `${name}, ${step.id}`;
    const { words, text } = defaultPanel(run, step);
    expect(words, `${of}: ${text}`).toBeLessThanOrEqual(90);
    expect(words, of).toBeGreaterThan(30);
    const picture = pictureOf(run, step);
    if (!picture) {
      expect(['ask', 'read', 'client-identity', 'alert'], of).toContain(step.id);
      continue;
    }
    kinds.add(picture.is);
    expectFormulas(run, step, picture, of);
    for (const [value, holders] of holdersIn(picture)) expectHolders(run, step, value, holders, `${of}: ${value.name}`);
    expectOthers(run, step, picture, of);
    expectNothingElse(run, step, picture, of);
  }
  expect(kinds.size, name).toBeGreaterThan(2);
}

describe('the picture of every step has what its formulas have, and the panel is brief', () => {
  it.each(EVERY.map((options) => [describeOptions(options), options] as const))(
    'with %s',
    { timeout: 60_000 },
    async (name, options) => {
      expectPictures(await runWith(options), name);
    },
  );

  it('with a server of another name, which fails', { timeout: 60_000 }, async () => {
    const run = await runWith({ ...OPTIONS, serverName: 'other.example' });
    const step = run.steps.find(({ id }) => id === 'verify');
    const picture = step && pictureOf(run, step);
    if (!step || picture?.is !== 'checking') throw new Error('the checks have no picture');
    expect(picture.failed?.name).toBe('certificate_name');
    expectPictures(run, 'other.example');
    // What failed is said with its reason; the alert is for the step that it ends.
    const { text } = defaultPanel(run, step);
    expect(text).toContain('for this host name');
    expect(text).not.toContain('bad_certificate');
  });
});

describe('a picture that differs from its formula is found', () => {
  it('in a value, in who has it, in what is drawn', { timeout: 60_000 }, async () => {
    const run = await runWith(OPTIONS);
    const step = run.steps.find(({ id }) => id === 'decrypt');
    const picture = step && pictureOf(run, step);
    if (!step || picture?.is !== 'operations') throw new Error('decrypting has no picture');
    const [operation] = picture.all;
    if (!operation) throw new Error('nothing is decrypted');
    const other = { ...operation.result, parts: [{ name: '', bytes: new Uint8Array(48) }] };
    expect(same(operation.result, other)).toBe(false);
    expect(() =>
      expectFormulas(run, step, { ...picture, all: [{ ...operation, result: other }] }, 'another result'),
    ).toThrow('another result');
    const holders: Holders = { has: ['client', 'server'], lacks: ['eavesdropper'] };
    expect(() => expectHolders(run, step, operation.key, holders, 'the client has it')).toThrow('the client has it');
    const less = { ...picture, all: [{ ...operation, given: operation.key }] };
    expect(() => expectNothingElse(run, step, less, 'more is drawn')).toThrow('more is drawn');
  });
});
