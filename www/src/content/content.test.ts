import { describe, expect, it } from 'vitest';
import { HANDSHAKES } from '../run/choices';
import { STEPS } from '../run/steps';
import { language as words } from './en';
import { FACT_NAMES } from './facts';
import { fill, type StepWords, wordCount } from './words';

const further = await words.parts.further();
const { texts: usual } = await words.parts.steps();
const tables = {
  ...usual,
  'dh-anon': further['dh-anon'],
  "the client's certificate": further.clientSteps,
  ...further.resumed,
  'certificates of both': { certificate: further.bothCertified },
  'no alert': { alert: further.cutOff },
  'no certificate of the client': { 'client-identity': further.noClientCertificate },
};
const everyStep = Object.entries(tables).flatMap(([handshake, table]) =>
  Object.entries<StepWords>(table).map(([id, texts]) => ({ handshake, id, texts })),
);

/** All texts of the content, with the way to each. */
function texts(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => texts(child, `${path}.${key}`));
}

describe('the words of a step', () => {
  it.each(everyStep)('fit: $handshake $id', ({ texts: { title, caption, why, engineers } }) => {
    expect(wordCount(caption)).toBeLessThanOrEqual(22);
    expect(wordCount(why)).toBeLessThanOrEqual(45);
    for (const text of [title, caption, why, engineers]) expect(text.length).toBeGreaterThan(0);
  });

  it.each(everyStep)('name only facts that a run has: $handshake $id', ({ texts: step }) => {
    for (const text of Object.values(step)) {
      for (const [, name] of text.matchAll(/\{(\w+)\}/g)) expect(FACT_NAMES).toContain(name);
    }
  });

  it('exist for every step of every handshake, and the same step has the same title', () => {
    for (const handshake of HANDSHAKES) {
      const asked = handshake === 'dh-anon' ? [] : Object.keys(further.clientSteps);
      expect([...Object.keys(tables[handshake]), ...asked]).toEqual(
        expect.arrayContaining([...STEPS[handshake], 'close', 'alert']),
      );
    }
    const titles = new Map<string, string>();
    for (const { handshake, id, texts: step } of everyStep) {
      // Here it is another thing that happens.
      if ([further.bothCertified, further.cutOff, further.noClientCertificate].includes(step)) continue;
      expect(titles.get(id) ?? step.title, `${handshake} ${id}`).toBe(step.title);
      titles.set(id, step.title);
    }
  });
});

/** With what is loaded later. */
async function everything(): Promise<[path: string, text: string][]> {
  const parts = await Promise.all(Object.values(words.parts).map((load) => load()));
  return texts([words, ...parts], 'words');
}

describe('the content as a whole', async () => {
  const all = await everything();

  it('has no em dash, no en dash between words, no run of spaces', () => {
    for (const [path, text] of all) expect(text, path).not.toMatch(/—| – | {2}/);
  });

  it('keeps the meanings of its verbs', () => {
    for (const [path, text] of all) {
      expect(text, path).not.toMatch(/encrypt\w* with (the|its) (server's )?private key/i);
      expect(text, path).not.toMatch(/the session key|secure channel|exchanges? keys/i);
    }
  });

  it('says whose key in every chip', () => {
    const keys = Object.entries(words.values).filter(([name]) => /_(private|public)_key$/.test(name));
    for (const [name, { label }] of keys) expect(label, name).toMatch(/^(server|client|authority)'s /);
  });
});

describe('fill', () => {
  it('puts facts in the place of their names', () => {
    expect(fill('It picks {suite}.', { suite: 'A' })).toBe('It picks A.');
  });

  it('refuses a placeholder that no fact fills', () => {
    expect(() => fill('{nothing}', {})).toThrow('nothing');
  });
});
