/** Every sentence of every step, over runs of all options that decide which sentences there are, and what they count. */

import { describe, expect, it } from 'vitest';
import { FACT_NAMES, facts, stepWords } from '../src/content/facts';
import { fill, type ValueWords, wordCount } from '../src/content/words';
import { answerOf } from '../src/element/opening/answer';
import { erased } from '../src/element/panel/values';
import { wireMessages } from '../src/element/panel/wire';
import { arrowTitle } from '../src/element/stage/row-words';
import { diagramRows } from '../src/run/diagram';
import type { Look, Run, StepId, ValueName, WireRecord } from '../src/run/model';
import { lookAt } from '../src/run/possession/findings';
import { THE_KEY } from '../src/run/values';
import { diagramText, drawn } from './drawn';
import { english } from './english';
import { EVERY, runWith } from './every-option';
import { runOf } from './made';
import { describeOptions, OPTIONS } from './parties';

/** All that is said of a run's steps, filled. A placeholder that the run cannot fill throws. */
function sentences(run: Run): readonly string[] {
  const known = facts(english, run);
  const ofSteps = run.steps.flatMap(({ id }) => Object.values(stepWords(english, run, id)));
  const answers = (run.question?.attempts ?? []).map((attempt) => answerOf(english, run, attempt));
  const asked = answers.flatMap(({ sentences, engineers, elsewhere }) => [
    ...sentences,
    ...engineers,
    ...(elsewhere ? [elsewhere.text] : []),
  ]);
  return [...ofSteps.map((text: string) => fill(text, known)), ...asked];
}

function expectWhole(said: readonly string[], of: string): void {
  expect(said.length, of).toBeGreaterThan(0);
  for (const sentence of said) {
    expect(sentence, of).not.toMatch(/[{}]|undefined|NaN|null| {2}| [.,;:]|^$/);
  }
}

/** As the reader sees it: facts filled in, and a value's name by its RFC beside the plain one. */
function expectShort(made: Run, of: string): void {
  const known = facts(english, made);
  for (const { id } of made.steps) {
    const { caption } = stepWords(english, made, id);
    const names = [...caption.matchAll(/\{(\w+)\}/g)].filter(([, name]) => namedValue(name)?.rfc);
    expect(wordCount(fill(caption, known)) + names.length, `${of}, ${id}: ${caption}`).toBeLessThanOrEqual(22);
  }
}

function namedValue(name = ''): ValueWords | undefined {
  return (english.values as Readonly<Record<string, ValueWords>>)[name];
}

/** What is drawn of each step, too: a value that the run does not have throws, or would stand there as such. */
function expectDrawn(made: Run, of: string): void {
  const all = drawn(made);
  expect(all, of).toHaveLength(6 * made.steps.length);
  for (const [step, text] of all) {
    expect(text, `${of}, ${step}`).not.toMatch(/[{}]|undefined|\bNaN\b|\bnull\b/);
    expect(text.length, `${of}, ${step}`).toBeGreaterThan(100);
  }
}

describe('every sentence of every step is filled from the run', () => {
  it.each(EVERY.map((options) => [describeOptions(options), options] as const))(
    'with %s',
    { timeout: 60_000 },
    async (name, options) => {
      const made = await runWith(options);
      expectWhole(sentences(made), name);
      expectShort(made, name);
      expectDrawn(made, name);
      expect(made.outcome.is === 'complete').toBe(!['missing', 'untrusted'].includes(options.clientCertificate));
    },
  );

  it('with a server of another name', { timeout: 60_000 }, async () => {
    for (const handshake of ['rsa', 'dhe', 'ecdhe'] as const) {
      const group = handshake === 'dhe' ? 'ffdhe2048' : OPTIONS.group;
      const made = await runWith({ ...OPTIONS, handshake, group, serverName: 'other.example' });
      expect(made.outcome.is).toBe('failed');
      expectWhole(sentences(made), handshake);
    }
  });

  it('or not at all: what is drawn of a run throws where the run has it not', { timeout: 60_000 }, async () => {
    const made = await runWith({ ...OPTIONS, handshake: 'ecdhe', clientCertificate: 'none' });
    expectDrawn(made, 'as it is');
    const last = made.steps.at(-1);
    if (!last) throw new Error('the run has no steps');
    const empty = made.steps.find(({ id }) => id === 'client-identity');
    if (!empty) throw new Error('no step shows that there is no certificate');
    expect(diagramText(made, empty)).toContain('Certificate, empty');
    // Each of them with one thing less.
    const arrow = diagramRows(made, empty).find((row) => row.kind === 'arrow');
    if (!arrow) throw new Error('nothing crosses the wire in this step');
    const wire = (less: Partial<Run>, step = empty) =>
      wireMessages({ language: english, run: { ...made, ...less }, step, record: undefined, openBytes: () => {} });
    const records = (less: Partial<WireRecord>) => ({ records: made.records.map((each) => ({ ...each, ...less })) });
    const without: Readonly<Record<string, () => unknown>> = {
      'record 0': () => wire({ records: [] }, { ...empty, records: [0] }),
      [`record ${arrow.record}`]: () => arrowTitle(english, { ...made, records: [] }, arrow),
      'buffer of a certificate message': () => arrowTitle(english, { ...made, buffers: new Map() }, arrow),
      'unit that sent a record': () => wire(records({ sentBy: 9999 }), last),
      'search of the client': () => erased(english, { ...made, looks: made.looks.slice(0, 3) }, last, () => {}),
    };
    for (const [what, draw] of Object.entries(without)) expect(draw, what).toThrow(what);
  });

  it('or not at all: what a run does not have throws', () => {
    const empty = runOf({ steps: [['client-hello', { party: 'client', action: 'send_client_hello' }]] });
    const known = facts(english, empty);
    const filled = FACT_NAMES.filter((name) => {
      try {
        known[name];
        return true;
      } catch {
        return false;
      }
    });
    // It is not seeded, and that it can say.
    expect(filled).toEqual(['exceptSeed']);
  });
});

/** The same run, in which the search of a party's memory at the end of a step has found one more thing. */
function withCopy(made: Run, id: StepId, party: Look['party'], name: ValueName): Run {
  const step = made.steps.find((each) => each.id === id);
  if (!step) throw new Error(`the run has no step ${id}`);
  const last = lookAt(made, step, party);
  const copy = { part: '', at: 4096, length: 32, reversed: false };
  const looks = made.looks.map((look) =>
    look === last ? { ...look, findings: [...look.findings, { name, copies: [copy], pieces: [] }] } : look,
  );
  return { ...made, looks };
}

function caption(made: Run, id: StepId): string {
  return fill(stepWords(english, made, id).caption, facts(english, made));
}

describe('what a caption says of all or nothing is counted', () => {
  it('how often the server uses its private key', { timeout: 60_000 }, async () => {
    const made = await runWith(OPTIONS);
    expect(caption(made, 'decrypt')).toMatch(/^With its private key, for the only time in this connection, the server/);
    const uses = made.units.filter(({ unit }) => unit.action === 'decrypt_pre_master_secret');
    expect(uses).toHaveLength(1);
    const again = { ...made, units: [...made.units, ...uses] };
    expect(caption(again, 'decrypt')).toMatch(/^With its private key, 2 times in this connection, the server/);
    const never = { ...made, units: made.units.filter((unit) => !uses.includes(unit)) };
    expect(() => caption(never, 'decrypt')).toThrow('no use of the private key');
  });

  it.each(['dhe', 'ecdhe'] as const)(
    'that one-time private keys are gone, with %s',
    { timeout: 60_000 },
    async (handshake) => {
      const group = handshake === 'dhe' ? 'ffdhe2048' : OPTIONS.group;
      const made = await runWith({ ...OPTIONS, handshake, group });
      expect(caption(made, 'erase')).toBe('What could compute the shared secret from a recording no longer exists.');
      for (const party of ['client', 'eavesdropper'] as const) {
        const left = withCopy(made, 'erase', party, 'server_ephemeral_private_key');
        expect(caption(left, 'erase')).toContain('is still found in 1 place');
      }
      const unseen = { ...made, looks: made.looks.map((look) => ({ ...look, findings: [] })) };
      expect(() => caption(unseen, 'erase')).toThrow('no secret that was found before');
    },
  );

  it('that the secrets of the connection are gone', { timeout: 60_000 }, async () => {
    const made = await runWith(OPTIONS);
    expect(caption(made, 'close')).toContain('erases all secrets of this connection');
    const left = withCopy(made, 'close', 'server', 'master_secret');
    expect(caption(left, 'close')).toContain("1 copy of this connection's are still found");
    // The private key is for the next connection, too.
    expect(caption(withCopy(made, 'close', 'client', THE_KEY), 'close')).toContain('erases all secrets');
    const resumed = await runWith({ ...OPTIONS, resumption: 'session-id' });
    expect(caption(resumed, 'close')).toContain('erases the keys of this connection');
    const key = withCopy(resumed, 'close', 'client', 'client_write_key');
    expect(caption(key, 'close')).toContain("1 copy of this connection's are still found");
  });

  it('that nothing of the server is in the client, in as many searches as were made', { timeout: 60_000 }, async () => {
    const made = await runWith(OPTIONS);
    const searches = made.looks.filter(({ party }) => party === 'client').length;
    expect(facts(english, made).keyInClientEver).toContain(String(searches));
    expect(facts(english, withCopy(made, 'read', 'client', THE_KEY)).keyInClientEver).toContain('found in 1 of');
    expect(() => facts(english, { ...made, looks: [] }).keyInClientEver).toThrow("no search of the client's memory");
  });
});
