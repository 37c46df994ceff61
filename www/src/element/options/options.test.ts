import { describe, expect, it } from 'vitest';
import { english } from '../../content/languages';
import { firstOf } from '../../run/step-ref';
import { parseOptions } from './options';

const problems = (raw: Parameters<typeof parseOptions>[0]) => parseOptions(raw).problems;

/** Of what is right. */
const options = (raw: Parameters<typeof parseOptions>[0]) => {
  const parsed = parseOptions(raw);
  expect(parsed.problems.map((problem) => problem.message(english))).toEqual([]);
  return parsed.options;
};

describe('parseOptions', () => {
  it('has a default for everything', () => {
    expect(options({})).toMatchObject({
      run: { handshake: 'rsa', cipher: 'aes-128-gcm', certificate: 'rsa', group: 'x25519' },
      position: 'question',
    });
  });

  it.each([
    ['8', 8],
    ['0', 'question'],
    ['question', 'question'],
    ['decrypt', { id: 'decrypt', occurrence: 1 }],
    ['read-2', { id: 'read', occurrence: 2 }],
    ['client-hello-12', { id: 'client-hello', occurrence: 12 }],
  ] as const)('takes the step %s', (step, position) => {
    expect(options({ step }).position).toEqual(position);
  });

  it.each([
    ['handshake', 'quic', 'rsa'],
    ['step', '99', 'the question'],
    ['step', '-1', 'the question'],
    ['step', 'sign', 'the question'],
    ['theme', 'blue', 'system'],
    ['cipher', 'rc4', 'aes-128-gcm'],
    ['certificate', 'dsa', 'rsa'],
    ['clientcert', 'maybe', 'off'],
    ['resumption', 'psk', 'none'],
    ['group', 'x448', 'x25519'],
    ['seed', 'abc', 'random numbers of this visit'],
  ] as const)('names %s=%s, what is allowed and what is used instead, and uses that', (name, value, used) => {
    const parsed = parseOptions({ [name]: value });
    expect(parsed.problems.map((problem) => problem.name)).toEqual([name]);
    const message = parsed.problems[0]?.message(english);
    expect(message).toContain(`“${name}” is “${value}”`);
    expect(message).toContain('Allowed:');
    expect(message).toContain(`Used instead: ${used}.`);
    expect(parsed.options).toEqual(parseOptions({}).options);
  });

  it('keeps what is right beside what is not', () => {
    const parsed = parseOptions({ handshake: 'ecdhe', cipher: 'rc4', group: 'ffdhe2048', step: 'sign' });
    expect(parsed.problems.map(({ name }) => name)).toEqual(['cipher', 'group']);
    expect(parsed.options.run).toMatchObject({ handshake: 'ecdhe', cipher: 'aes-128-gcm', group: 'x25519' });
    expect(parsed.options.position).toEqual(firstOf('sign'));
  });

  it('refuses an ECDSA certificate for RSA key exchange, and takes it for ECDHE', () => {
    expect(problems({ certificate: 'ecdsa' })).toHaveLength(1);
    expect(problems({ certificate: 'ecdsa', handshake: 'ecdhe' })).toHaveLength(0);
    expect(problems({ handshake: 'dhe', group: 'x25519' })).toHaveLength(1);
    expect(problems({ handshake: 'rsa', cipher: 'chacha20-poly1305' })).toHaveLength(1);
    expect(problems({ handshake: 'dhe', cipher: 'aes-128-cbc' })).toHaveLength(1);
    expect(problems({ handshake: 'ecdhe', certificate: 'ecdsa', cipher: 'aes-128-cbc' })).toHaveLength(1);
  });

  it("takes the client's certificate where the server shows its own", () => {
    expect(options({ clientcert: 'shown' }).run.clientCertificate).toBe('shown');
    expect(problems({ handshake: 'dh-anon', clientcert: 'shown' }).map(({ name }) => name)).toEqual(['clientcert']);
    expect(problems({ handshake: 'dh-anon' })).toHaveLength(0);
  });

  it('takes a resumption where there is a session to resume', () => {
    expect(options({ resumption: 'session-id' }).run.resumption).toBe('session-id');
    expect(options({ resumption: 'session-ticket', step: 'open-ticket' }).position).toEqual(firstOf('open-ticket'));
    expect(problems({ resumption: 'session-id', step: 'open-ticket' }).map(({ name }) => name)).toEqual(['step']);
    for (const without of [{ ems: 'off' }, { clientcert: 'missing' }, { clientcert: 'untrusted' }]) {
      expect(problems({ resumption: 'session-id', ...without }).map(({ name }) => name)).toEqual(['resumption']);
    }
  });

  it('knows the steps that there are with these options', () => {
    expect(options({ clientcert: 'shown', step: 'client-sign' }).position).toEqual(firstOf('client-sign'));
    expect(problems({ clientcert: 'none', step: 'client-sign' })).toHaveLength(1);
    expect(problems({ step: '20' })).toHaveLength(1);
    expect(options({ clientcert: 'shown', step: '20' }).position).toBe(20);
  });

  it('reads a seed', () => {
    const { seed } = options({ seed: '0f'.repeat(32) }).run;
    expect(seed?.bytes).toEqual(new Uint8Array(32).fill(15));
  });
});
