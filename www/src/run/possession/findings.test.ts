import { describe, expect, it } from 'vitest';
import { found, type MadeRun, noise, runOf, value } from '../../../test/made';
import type { Finding, Step } from '../model';
import { rows } from '../values';
import { copiesAt, disagreements, disagreementsAt, lookAt, searchCount, unexplainedPostings } from './findings';
import { possession, possessions } from './possession';

const key = value('server_private_key', 'private_key', ['d', noise(32, 1)], ['pkcs8', noise(64, 2)]);
const secret = value('master_secret', 'shared_secret', ['', noise(48, 3)]);
const iv = value('client_write_iv', 'traffic_key', ['', noise(4, 4)]);
const publicKey = value('server_public_key', 'public_key', ['', noise(64, 5)]);
const nonce = value('nonce', 'public', ['', noise(16, 6)]);

const keyFound = found('server_private_key', ['d', 100], ['pkcs8', 200]);
const secretFound = found('master_secret', ['', 300]);

/** The server makes its key; the client makes the secret, and loses it again. */
const MADE: MadeRun = {
  steps: [
    [
      'certificate',
      { party: 'server', action: 'generate_key_pair', values: [key, publicKey], holds: ['server_private_key'] },
    ],
    [
      'secret',
      {
        party: 'client',
        action: 'generate_pre_master_secret',
        values: [secret, iv, nonce],
        holds: ['master_secret', 'client_write_iv'],
      },
    ],
    ['data-keys', { party: 'client', action: 'derive_data_keys' }],
  ],
  looks: [
    ['server', 0, keyFound],
    ['client', 0],
    ['server', 0, keyFound],
    ['client', 1, secretFound],
    ['client', 1, secretFound],
    ['server', 1, keyFound],
    ['client', 2],
    ['client', 2],
    ['server', 2, keyFound],
  ],
};

const run = runOf(MADE);

function step(index: number, of = run): Step {
  const found = of.steps[index];
  if (!found) throw new Error(`there is no step ${index}`);
  return found;
}

/** The same, with other findings in one of the looks. */
function withLook(index: number, ...findings: Finding[]): typeof run {
  const looks = run.looks.map((look, at) => (at === index ? { ...look, findings } : look));
  return { ...run, looks };
}

describe('the rows', () => {
  it('are all values but the public ones, by kind', () => {
    expect(rows(run).map(({ name }) => name)).toEqual([
      'server_private_key',
      'master_secret',
      'client_write_iv',
      'server_public_key',
    ]);
  });

  it('say what is too short to search for', () => {
    expect(
      rows(run)
        .filter(({ searchable }) => !searchable)
        .map(({ name }) => name),
    ).toEqual(['client_write_iv']);
  });

  it('have each different value of a name once', () => {
    const other = value('master_secret', 'shared_secret', ['', noise(48, 9)]);
    const twice = runOf({
      steps: [['secret', { party: 'client', action: 'derive_master_secret', values: [secret, other, secret] }]],
    });
    expect(rows(twice).map(({ values }) => values)).toEqual([[secret, other]]);
  });
});

describe('a look', () => {
  it('is the last one of the step', () => {
    expect(lookAt(run, step(1), 'client')).toBe(run.looks[4]);
    expect(copiesAt(run, step(1), 'client', 'master_secret')).toEqual(secretFound.copies);
    expect(copiesAt(run, step(2), 'client', 'master_secret')).toEqual([]);
  });

  it('is counted with those before it', () => {
    expect(run.steps.map((each) => searchCount(run, each, 'client'))).toEqual([1, 3, 5]);
  });

  it('that nobody made is an error, not "not found"', () => {
    expect(() => lookAt(run, step(0), 'eavesdropper')).toThrow('was not searched');
    expect(() => copiesAt(run, step(0), 'eavesdropper', 'master_secret')).toThrow('was not searched');
  });
});

describe('a disagreement', () => {
  it('is none where each declared part is there once, and nothing else', () => {
    expect(disagreements(run)).toEqual([]);
  });

  it('is a value that is declared and not found', () => {
    const missing = withLook(4);
    expect(disagreements(missing)).toEqual([
      { party: 'client', step: step(1), name: 'master_secret', declared: true, copies: [], pieces: 0, planted: false },
    ]);
    expect(disagreementsAt(missing, step(0))).toEqual([]);
    expect(disagreementsAt(missing, step(1))).toHaveLength(1);
  });

  it('is a part that is not found', () => {
    const half = withLook(2, found('server_private_key', ['pkcs8', 200]));
    expect(disagreements(half).map(({ name, declared }) => [name, declared])).toEqual([['server_private_key', true]]);
  });

  it('is a second copy', () => {
    const double = withLook(4, found('master_secret', ['', 300], ['', 700]));
    expect(disagreements(double).map(({ copies }) => copies.map(({ at }) => at))).toEqual([[300, 700]]);
  });

  it('is a value that is found and not declared', () => {
    const left = withLook(7, secretFound);
    expect(disagreements(left)).toMatchObject([{ party: 'client', name: 'master_secret', declared: false }]);
  });

  it('is pieces', () => {
    const pieces = withLook(1, { name: 'server_private_key', copies: [], pieces: [{ part: 'd', at: 5, length: 16 }] });
    expect(disagreements(pieces)).toMatchObject([{ party: 'client', declared: false, copies: [], pieces: 1 }]);
  });

  it('counts after a unit in the middle of a step, too', () => {
    expect(disagreements(withLook(3))).toMatchObject([{ party: 'client', name: 'master_secret', declared: true }]);
  });

  it('is none about a public key, which anybody may have', () => {
    expect(disagreements(withLook(1, found('server_public_key', ['', 3], ['', 9])))).toEqual([]);
  });

  it('is marked where the page planted the key', () => {
    const planted = runOf({
      steps: [
        ['certificate', { party: 'server', action: 'generate_key_pair', values: [key], holds: ['server_private_key'] }],
        ['secret', { party: 'client', action: 'plant_bytes' }],
      ],
      looks: [
        ['server', 0, keyFound],
        ['client', 0],
        ['client', 1, found('server_private_key', ['d', 900])],
      ],
      postings: [['client', 0, found('server_private_key', ['d', 0])]],
    });
    expect(disagreements(planted)).toMatchObject([
      { party: 'client', step: { id: 'secret' }, name: 'server_private_key', declared: false, planted: true },
    ]);
    expect(unexplainedPostings(planted)).toEqual(planted.postings);
    const [client] = possessions(planted, step(1, planted), 'client');
    expect(client).toMatchObject({ state: { is: 'new' }, made: true, disagreement: { planted: true } });
  });
});

describe('a posting', () => {
  const posted = (...postings: NonNullable<MadeRun['postings']>) => unexplainedPostings(runOf({ ...MADE, postings }));

  it('that holds what its party declares next is explained: its own seed', () => {
    expect(posted(['client', 0, secretFound])).toEqual([]);
  });

  it('of a public key is nothing to explain', () => {
    expect(posted(['client', 0, found('server_public_key', ['', 0])])).toEqual([]);
  });

  it('that holds what its party does not declare is not explained', () => {
    expect(posted(['client', 0, keyFound])).toHaveLength(1);
    expect(posted(['client', 1, secretFound])).toHaveLength(1);
    expect(posted(['eavesdropper', 1, secretFound])).toHaveLength(1);
  });
});

describe('possession', () => {
  it('follows the searches, forwards and back', () => {
    const states = [2, 1, 0].map((index) => possession(run, step(index), 'client', 'master_secret'));
    expect(states).toEqual([{ is: 'erased', step: step(2), now: true }, { is: 'new' }, { is: 'not yet' }]);
    expect(run.steps.map((each) => possession(run, each, 'server', 'server_private_key').is)).toEqual([
      'new',
      'held',
      'held',
    ]);
    expect(possession(run, step(2), 'client', 'server_private_key')).toEqual({ is: 'never' });
  });

  it('follows the declaration where a value is too short to search for', () => {
    expect(run.steps.map((each) => possession(run, each, 'client', 'client_write_iv').is)).toEqual([
      'not yet',
      'new',
      'erased',
    ]);
  });

  it('is of a public key wherever its bytes are', () => {
    expect(
      possession(withLook(1, found('server_public_key', ['', 3])), step(0), 'client', 'server_public_key').is,
    ).toBe('new');
  });

  it('tells what somebody made by then', () => {
    const made = (index: number) =>
      possessions(run, step(index), 'client').find(({ name }) => name === 'master_secret')?.made;
    expect([made(0), made(1)]).toEqual([false, true]);
  });

  it('has a row for the key that the page is about, held or not', () => {
    const client = possessions(run, step(0), 'client').map(({ name }) => name);
    expect(client).toEqual(['server_private_key', 'master_secret', 'client_write_iv']);
  });
});
