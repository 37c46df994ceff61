import { describe, expect, it } from 'vitest';
import { english } from '../../content/languages';
import { firstOf } from '../../run/step-ref';
import { parseOptions, unknownOptions } from './options';

const problems = (raw: Parameters<typeof parseOptions>[0]) => {
  const parsed = parseOptions(raw);
  return 'problems' in parsed ? parsed.problems : [];
};

const options = (raw: Parameters<typeof parseOptions>[0]) => {
  const parsed = parseOptions(raw);
  if ('problems' in parsed) throw new Error(parsed.problems.map((problem) => problem.message(english)).join());
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
    ['handshake', 'quic'],
    ['step', '99'],
    ['step', '-1'],
    ['step', 'sign'],
    ['theme', 'blue'],
    ['cipher', 'rc4'],
    ['certificate', 'dsa'],
    ['clientcert', 'maybe'],
    ['resumption', 'psk'],
    ['group', 'x448'],
    ['seed', 'abc'],
  ] as const)('names %s=%s and what is allowed', (name, value) => {
    const [problem] = problems({ [name]: value });
    const message = problem?.message(english);
    expect(problem?.name).toBe(name);
    expect(message).toContain(name);
    expect(message).toContain(value);
    expect(message).toContain('Allowed:');
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

describe('unknownOptions', () => {
  it('names what is no option', () => {
    expect(unknownOptions(['step', 'colour']).map((problem) => problem.name)).toEqual(['colour']);
  });
});
