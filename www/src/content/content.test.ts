import { describe, expect, it } from 'vitest';
import { HANDSHAKES } from '../run/choices';
import { STEPS } from '../run/steps';
import { language as words } from './en';
import { FACT_NAMES } from './facts';
import { fill, plainly, type StepWords, type ValueWords, wordCount } from './words';

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
    expect(wordCount(plainly(words, caption))).toBeLessThanOrEqual(22);
    expect(wordCount(plainly(words, why))).toBeLessThanOrEqual(45);
    for (const text of [title, caption, why, engineers]) expect(text.length).toBeGreaterThan(0);
  });

  it.each(everyStep)('name only facts that a run has: $handshake $id', ({ texts: step }) => {
    for (const text of Object.values(step)) {
      for (const [, name] of text.matchAll(/\{(\w+)\}/g))
        expect([...FACT_NAMES, ...Object.keys(words.values)]).toContain(name);
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
});

describe('the name of a value', () => {
  const names = Object.entries<ValueWords>(words.values);

  it('says whose key it is, or which way it protects', () => {
    const owned = names.filter(([name]) =>
      /_(private|public)_key$|^(?!tbs).*_certificate$|_random$|_seed$|ticket_key$/.test(name),
    );
    expect(owned.length).toBeGreaterThan(15);
    for (const [name, { plain }] of owned) expect(plain, name).toMatch(/^(server|client|authority)'s /);
    const directed = names.filter(([name]) => /_write_/.test(name));
    expect(directed.length).toBe(6);
    for (const [name, { plain }] of directed) {
      expect(plain, name).toMatch(name.startsWith('client') ? /, client to server$/ : /, server to client$/);
    }
  });

  it("is in plain words, and its RFC's name stands apart", () => {
    expect(names.filter(([, { rfc }]) => rfc).length).toBeGreaterThan(20);
    for (const [name, { plain, short, rfc }] of names) {
      for (const text of [plain, short ?? plain]) expect(text, name).not.toMatch(/[_()[\]{}]|[a-z][A-Z]/);
      expect(plain, name).not.toBe(rfc);
      if (rfc) expect(plain, name).not.toContain(`(${rfc})`);
    }
  });

  it('differs from that of every other value, in full and where there is little room', () => {
    expect(new Set(names.map(([, { plain }]) => plain)).size).toBe(names.length);
    expect(new Set(names.map(([, { plain, short }]) => short ?? plain)).size).toBe(names.length);
  });

  it('stands in a text for itself', () => {
    expect(plainly(words, 'It makes the {pre_master_secret}, {n} bytes.')).toBe(
      'It makes the shared secret, {n} bytes.',
    );
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
