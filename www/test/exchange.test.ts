/** Request and reply as they really go over the connection: in one record, and cut into several. */

import { describe, expect, it } from 'vitest';
import { facts, stepWords } from '../src/content/facts';
import { fill } from '../src/content/words';
import { isOwn, replyOf } from '../src/run/assemble';
import { bufferAt, entryOf, layersOf } from '../src/run/bytes';
import { diagramRows } from '../src/run/diagram';
import { replyContent, sizeOf, USUAL } from '../src/run/exchange';
import type { Endpoint, Run, RunOptions, Step, StepId, WireRecord } from '../src/run/model';
import { disagreements } from '../src/run/possession/findings';
import { replyRead } from '../src/run/reply';
import { reading, wireSoFar } from '../src/run/wire';
import { panelText } from './drawn';
import { english } from './english';
import { eachRun, OPTIONS } from './parties';

const OWN = { sends: 'user: älice\npin: 0000', replies: 'Balance: 1.00 €' };

/** What a record may hold (RFC 5246, section 6.2.1). */
const MOST = 1 << 14;

const ALL: readonly RunOptions[] = [
  OPTIONS,
  { ...OPTIONS, ...OWN },
  { ...OPTIONS, length: 'long' },
  { ...OPTIONS, ...OWN, handshake: 'ecdhe', cipher: 'chacha20-poly1305', length: 'long' },
  { ...OPTIONS, handshake: 'ecdhe', cipher: 'aes-128-cbc', length: 'long' },
  { ...OPTIONS, cipher: 'aes-128-cbc', encryptThenMac: false, length: 'long' },
  { ...OPTIONS, resumption: 'session-ticket', length: 'long' },
];

function dataOf(run: Run, from: Endpoint): readonly WireRecord[] {
  return run.records.filter(
    (record) => isOwn(record) && record.from === from && record.contentType === 'application_data',
  );
}

function contentOf(run: Run, record: WireRecord): Uint8Array {
  const content = layersOf(run, entryOf(record))
    .flatMap((ref) => bufferAt(run, ref) ?? [])
    .find(({ kind }) => kind === 'content');
  if (!content) throw new Error(`record ${record.index} has no content`);
  return content.bytes;
}

/** An HTTP message: its head, and its content as text. */
function httpOf(run: Run, from: Endpoint): { readonly head: string; readonly content: string } {
  const bytes = Buffer.concat(dataOf(run, from).map((record) => contentOf(run, record)));
  const [head = '', ...rest] = bytes.toString('utf8').split('\r\n\r\n');
  return { head, content: rest.join('\r\n\r\n') };
}

function stepIn(run: Run, id: StepId): Step {
  const step = run.steps.find((each) => each.id === id);
  if (!step) throw new Error(`no step ${id}`);
  return step;
}

describe('what is said by default', () => {
  it('is an example, and says so', () => {
    expect(USUAL.sends).toContain('example');
    expect(USUAL.replies).toContain('invented');
  });
});

eachRun(ALL, (options, made) => {
  const text = replyContent(options);
  const isLong = options.length === 'long';

  it('is HTTP with the length that it has, in both directions', () => {
    const request = httpOf(made.run, 'client');
    expect(request.head).toMatch(/^POST \/account HTTP\/1\.1\r\n/);
    expect(request.head).toContain(`\r\nContent-Length: ${sizeOf(options.sends)}\r\n`);
    expect(request.content).toBe(options.sends);
    const reply = httpOf(made.run, 'server');
    expect(reply.head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(reply.head).toContain(`\r\nContent-Length: ${sizeOf(text)}\r\n`);
    expect(reply.content).toBe(text);
  });

  it('is cut into as many records as it takes, all but the last of them full', () => {
    const sizes = dataOf(made.run, 'server').map((record) => contentOf(made.run, record).length);
    expect(sizes).toHaveLength(isLong ? 2 : 1);
    expect(sizes.slice(0, -1)).toEqual(isLong ? [MOST] : []);
    expect(sizes.every((size) => size > 0 && size <= MOST)).toBe(true);
    expect(diagramRows(made.run, stepIn(made.run, 'reply')).filter(({ kind }) => kind === 'arrow')).toHaveLength(
      sizes.length,
    );
    expect(stepIn(made.run, 'reply').records).toHaveLength(sizes.length);
  });

  it('is read whole, in one step', () => {
    const read = replyRead(made.run, stepIn(made.run, 'read'));
    expect(read?.records).toBe(isLong ? 2 : 1);
    expect(Buffer.from(read?.decrypted ?? []).toString('utf8')).toContain(`\r\n\r\n${text}`);
    expect(made.run.steps.filter(({ id }) => id === 'read')).toHaveLength(1);
    expect(made.run.outcome).toEqual({ is: 'complete' });
  });

  it('is said in the words of the steps, with the number of records', () => {
    const say = (id: StepId) =>
      fill(Object.values(stepWords(english, made.run, id)).join(' '), facts(english, made.run));
    if (isLong) {
      expect(say('reply')).toContain('cut into 2 records');
      expect(panelText(made.run, stepIn(made.run, 'read'))).toContain('in 2 records');
    } else {
      expect(say('reply')).not.toContain('cut into');
      expect(say('reply')).toContain(`A record of ${dataOf(made.run, 'server')[0]?.bytes.length} bytes`);
    }
    const sent = contentOf(made.run, dataOf(made.run, 'client')[0] as WireRecord).length;
    expect(say('request')).toContain(`${sent} bytes`);
  });

  it('is kept by Eve record by record, and none of them is readable', () => {
    const before = wireSoFar(made.run, stepIn(made.run, 'request'));
    const added = wireSoFar(made.run, stepIn(made.run, 'reply')).slice(before.length);
    expect(added).toHaveLength(isLong ? 2 : 1);
    for (const record of added) {
      expect(reading(made.run, record)).toMatchObject({ by: 'holders', key: 'server_write_key' });
      expect(Buffer.from(record.bytes).includes('Balance')).toBe(false);
    }
  });

  it('is what the opening question and the test of the claim are about: its first record', () => {
    const first = replyOf(made.run.records);
    expect(made.run.question?.record).toBe(first?.index);
    const opened = made.run.question?.attempts.flatMap(({ attempt }) =>
      attempt.outcome.code === 'opened' ? [attempt.outcome.plaintext] : [],
    );
    expect(opened?.length).toBeGreaterThan(0);
    for (const plaintext of opened ?? []) expect([...plaintext]).toEqual([...contentOf(made.run, first as WireRecord)]);
    expect(made.run.claim.filter(({ reading }) => reading.plaintext).length).toBeGreaterThan(1);
  });

  it('is in the memories that declare it, and in no other', () => {
    expect(disagreements(made.run)).toEqual([]);
    const found = new Set(
      made.run.looks.flatMap((look) => (look.findings.some(({ name }) => name === 'reply') ? [look.party] : [])),
    );
    expect([...found].sort()).toEqual(['client', 'server']);
    // When all is over, nobody has it any more.
    const lasts = ['client', 'server'].map((party) => made.run.looks.findLast((look) => look.party === party));
    for (const look of lasts) expect(look?.findings.map(({ name }) => name)).not.toContain('reply');
  });
});
