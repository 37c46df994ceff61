/** The reply where the client reads it, over real runs: what is shown is what crossed the wire, and what the client has. */

import { describe, expect, it } from 'vitest';
import { httpParts, keyInClient } from '../src/element/panel/reply';
import { hexOf } from '../src/element/shared/format';
import type { Run, RunOptions, Step } from '../src/run/model';
import { looksBefore, searchesForTheKey } from '../src/run/possession/findings';
import { replyRead } from '../src/run/reply';
import { firstOf } from '../src/run/step-ref';
import { findValue } from '../src/run/values';
import { panelText } from './drawn';
import { english } from './english';
import { plantingAt } from './made';
import { connect, eachRun, OPTIONS, setUp, startParties } from './parties';

function readingOf(run: Run): Step {
  const step = run.steps.findLast(({ id }) => id === 'read');
  if (!step) throw new Error('nobody read the reply');
  return step;
}

const RUNS: readonly RunOptions[] = [
  OPTIONS,
  { ...OPTIONS, handshake: 'ecdhe', cipher: 'chacha20-poly1305' },
  { ...OPTIONS, cipher: 'aes-128-cbc', encryptThenMac: false },
  { ...OPTIONS, resumption: 'session-ticket' },
];

eachRun(RUNS, (options, made) => {
  it('has the record as it crossed the wire, and its content as the client holds it', () => {
    const read = replyRead(made.run, readingOf(made.run));
    const record = made.run.records[made.run.question?.record ?? -1];
    expect(read?.encrypted).toEqual(record?.bytes);
    expect(read?.decrypted).toEqual(findValue(made.run, 'reply', { party: 'client' })?.parts[0]?.bytes);
    expect(read?.decrypted.length).toBeGreaterThan(0);
  });

  it('has none at other steps', () => {
    const others = made.run.steps.filter(({ id }) => id !== 'read');
    expect(others.length).toBeGreaterThan(10);
    for (const step of others) expect(replyRead(made.run, step), step.id).toBeUndefined();
  });

  it('is shown as text, its first bytes and how many more, with the count of the searches', () => {
    const step = readingOf(made.run);
    const text = panelText(made.run, step);
    const read = replyRead(made.run, step);
    const { encrypted = new Uint8Array() } = read ?? {};
    expect(text).toContain(hexOf(encrypted, 96));
    expect(text).toContain(`and ${encrypted.length - 96} more bytes`);
    expect(text).toContain('HTTP/1.1 200 OK');
    expect(text).toContain(options.replies.trimEnd());
    const searches = looksBefore(made.run, step, 'client').length;
    expect(searches).toBeGreaterThan(step.index);
    expect(text).toContain(
      `The server's private key in the client's memory: not found in any of ${searches} searches.`,
    );
  });

  it('leads to ECDHE, and from there back to the question', () => {
    const text = panelText(made.run, readingOf(made.run));
    const isLast = options.handshake === 'ecdhe';
    expect(text.includes('Now the way browsers do it')).toBe(!isLast);
    expect(text.includes('Back to the question')).toBe(isLast);
  });
});

describe('a key that the page planted', () => {
  const planted = async (id: 'secret' | 'read' | 'close') => {
    const parties = await startParties();
    return connect(parties, { ...OPTIONS, ...plantingAt(id) }, await setUp(parties, OPTIONS));
  };

  it.each(['secret', 'read'] as const)('at %s is told of, and in how many searches', async (id) => {
    const run = await planted(id);
    const step = readingOf(run);
    const { all, found } = searchesForTheKey(run, step, 'client');
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(all);
    const number = run.steps.find((each) => each.id === id)?.number;
    expect(keyInClient(english, run, step)).toBe(
      `The server's private key in the client's memory: found in ${found} of ${all} searches. You planted it there at step ${number}.`,
    );
  });

  it('later than that is not there yet', async () => {
    const run = await planted('close');
    const { all, found } = searchesForTheKey(run, readingOf(run), 'client');
    expect(found).toBe(0);
    expect(keyInClient(english, run, readingOf(run))).toContain(`not found in any of ${all} searches.`);
  });
});

describe('a reply that was changed on its way', () => {
  it('is not shown as read', async () => {
    const record = { from: 'server', at: firstOf('reply'), nth: 1 } as const;
    const options: RunOptions = { ...OPTIONS, interventions: [{ is: 'alter', record, offset: -1, mask: 1 }] };
    const parties = await startParties();
    const run = await connect(parties, options, await setUp(parties, OPTIONS));
    expect(run.outcome.is).toBe('failed');
    expect(replyRead(run, readingOf(run))).toBeUndefined();
    expect(panelText(run, readingOf(run))).not.toContain('as the client decrypted it');
  });
});

describe('an HTTP message', () => {
  it('is its head and its body', () => {
    expect(httpParts('HTTP/1.1 200 OK\r\nA: b\r\n\r\nHello\r\n\r\nyou')).toEqual({
      head: 'HTTP/1.1 200 OK\r\nA: b',
      body: 'Hello\r\n\r\nyou',
    });
  });

  it('is all body where there is no such division', () => {
    expect(httpParts('Hello')).toEqual({ head: '', body: 'Hello' });
  });
});
