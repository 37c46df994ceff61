/** What the page says of each key that was tried on the reply, over runs of all key exchanges, resumed ones too. */

import { expect, it } from 'vitest';
import { stepName } from '../src/content/facts';
import { type Answer, answerOf } from '../src/element/opening/answer';
import { OPENING, SIGNING } from '../src/run/choices';
import type { Handshake, PartyAttempt, Run, RunOptions, StepId, ValueName } from '../src/run/model';
import { computedBy, privateKeyPart } from '../src/run/private-key';
import { english } from './english';
import { ALL_OPTIONS, ASKING, eachRun, OPTIONS, RESUMING, SEED } from './parties';

const ALL: readonly RunOptions[] = [
  ...ALL_OPTIONS,
  ...ASKING,
  ...RESUMING,
  { ...OPTIONS, seed: SEED },
  { ...OPTIONS, handshake: 'dh-anon', group: 'ffdhe2048', resumption: 'session-id' },
];

function attemptIn(run: Run, key: ValueName): PartyAttempt {
  const found = run.question?.attempts.find(({ attempt }) => attempt.key === key);
  if (!found) throw new Error(`${key} was not tried`);
  return found;
}

const answerFor = (run: Run, key: ValueName): Answer => answerOf(english, run, attemptIn(run, key));

function numberOf(run: Run, id: StepId): string {
  const step = run.steps.find((each) => each.id === id);
  if (!step) throw new Error(`the run has no step ${id}`);
  return stepName(english, step);
}

eachRun(ALL, ({ handshake, resumption, certificate }, made) => {
  const resumed = resumption !== 'none';
  const opens = handshake === 'rsa';

  it("says of the server's private key what the test of the claim says", () => {
    const part = privateKeyPart(made.run);
    // Two accounts that know nothing of each other: the computations of the parties, and what a listener read.
    expect(part.suffices).toBe(opens);
    expect(part.use?.secret).toBe(opens ? 'pre_master_secret' : undefined);
    expect(part.use?.step.id).toBe(
      handshake === 'dh-anon' ? undefined : resumed ? 'session' : opens ? 'decrypt' : 'sign',
    );
    expect(part.use?.earlier).toBe(handshake === 'dh-anon' ? undefined : resumed);
    expect(part.maker?.party).toBe(opens ? 'client' : undefined);
    // What is said of other key exchanges names these.
    const signs = part.use !== undefined && part.use.secret === undefined;
    expect((SIGNING as readonly Handshake[]).includes(handshake)).toBe(signs);
    expect((OPENING as readonly Handshake[]).includes(handshake)).toBe(part.use?.secret !== undefined);
  });

  it('says so in words, with the numbers of the steps', () => {
    const { mark, sentences, step, elsewhere } = answerFor(made.run, 'server_private_key');
    const text = sentences.join(' ');
    expect(text).not.toMatch(/[{}]|undefined|NaN/);
    if (opens) {
      expect(mark).toBe('indirectly');
      expect(step?.id).toBe(resumed ? 'session' : 'decrypt');
      expect(text).toMatch(resumed ? 'secret of the earlier connection, in step' : 'opens the secret of step');
      expect(text).toContain(`step ${numberOf(made.run, resumed ? 'session' : 'decrypt')}`);
      expect(text).toContain(`whoever listened ${resumed ? 'to both connections ' : ''}can derive the data key`);
      expect(text).toContain('The client needs neither');
      expect(text).toContain(`made the secret itself, in step ${numberOf(made.run, resumed ? 'session' : 'secret')}`);
      expect(elsewhere?.text).toContain('Under ECDHE and DHE the same choice ends differently');
      expect(SIGNING).toContain(elsewhere?.handshake);
    } else {
      expect(mark).toBe('fails');
      expect(text).toContain('opens nothing of this recording');
      expect(text).not.toMatch(/whoever|needs neither/);
      expect(text).toMatch(
        handshake === 'dh-anon' ? 'has no part in this connection' : resumed ? 'signed' : 'only signs',
      );
      if (handshake !== 'dh-anon') expect(text).toContain(`step ${numberOf(made.run, resumed ? 'session' : 'sign')}`);
      expect(elsewhere?.text).toContain('Under RSA the same choice ends differently');
      expect(OPENING).toContain(elsewhere?.handshake);
    }
  });

  it('names another key as the reason before it names anything else, and no size', () => {
    for (const key of ['server_private_key', 'server_public_key'] as const) {
      const { sentences, engineers } = answerFor(made.run, key);
      expect(sentences[0]).toBe(
        'It is the wrong key for this: the reply was encrypted with the data key, server to client.',
      );
      expect(sentences.join(' ')).not.toMatch(/\bbytes?\b|length|exactly/);
      const { outcome } = attemptIn(made.run, key).attempt;
      if (outcome.code === 'wrong_length') expect(engineers.join(' ')).toContain(`exactly ${outcome.needed} bytes`);
      if (certificate === 'ecdsa' && outcome.code !== 'not_held') expect(engineers.join(' ')).toContain('ECDSA key');
    }
  });

  it('says who computed the key that opens it', () => {
    expect(computedBy(made.run, 'server_write_key')).toEqual(['client', 'server']);
    const { mark, sentences, elsewhere } = answerFor(made.run, 'server_write_key');
    expect(mark).toBe('opens');
    expect(sentences).toEqual(['This is the data key, server to client. Computed by the client and the server.']);
    expect(elsewhere).toBeUndefined();
  });
});

eachRun([OPTIONS, { ...OPTIONS, handshake: 'ecdhe' }], ({ handshake }, made) => {
  it('follows from the run, not from the name of the handshake', () => {
    const { run } = made;
    const renamed: Run = { ...run, options: { ...run.options, handshake: handshake === 'rsa' ? 'ecdhe' : 'rsa' } };
    expect(answerFor(renamed, 'server_private_key').sentences).toEqual(answerFor(run, 'server_private_key').sentences);
    const claim = run.claim.map((test) => ({
      ...test,
      reading: { ...test.reading, plaintext: handshake === 'rsa' ? undefined : new Uint8Array(1) },
    }));
    const mark = handshake === 'rsa' ? 'fails' : 'indirectly';
    expect(answerFor({ ...run, claim }, 'server_private_key').mark).toBe(mark);
  });

  it('or not at all: what was not tested is not said', () => {
    expect(() => answerFor({ ...made.run, claim: [] }, 'server_private_key')).toThrow('test of the claim');
    expect(() => answerFor({ ...made.run, records: [] }, 'server_public_key')).toThrow('record of the reply');
  });
});

eachRun([OPTIONS], (_, made) => {
  it('how a choice is called does not tell what comes of it', () => {
    const { choices } = english.ui.question;
    const names = (made.run.question?.attempts ?? []).map(
      ({ attempt }) => choices[attempt.key as keyof typeof choices],
    );
    expect(names).toHaveLength(3);
    for (const name of names) {
      // A party's or a connection's key by its kind: no word on who made it, who has it, or what it is for.
      expect(name).toMatch(/^(The server's|A) (private|public|data) key$/);
    }
  });
});
