import { describe, expect, it } from 'vitest';
import { faultOf, MOST_SAID, replyContent, SAID, sizeOf, USUAL } from './exchange';

describe('what is said over the connection', () => {
  it.each(SAID)('is within its own bounds by itself: %s', (said) => {
    expect(faultOf(said, USUAL[said])).toBeUndefined();
    expect(USUAL[said]).toMatch(/example/i);
  });

  it('is bounded in bytes, not in characters', () => {
    expect(faultOf('sends', 'a'.repeat(MOST_SAID.sends))).toBeUndefined();
    expect(faultOf('sends', 'ä'.repeat(MOST_SAID.sends / 2))).toBeUndefined();
    expect(faultOf('sends', `${'ä'.repeat(MOST_SAID.sends / 2)}a`)).toBe('too long');
    expect(faultOf('replies', 'a'.repeat(MOST_SAID.replies + 1))).toBe('too long');
  });

  it.each(['\0', 'a\rb', 'a\tb', '\u009f', 'half \ud83d'])(
    'has no characters that cannot be seen or sent: %j',
    (text) => {
      expect(faultOf('sends', text)).toBe('unreadable');
    },
  );

  it('is not nothing, and may have lines and any script', () => {
    expect(faultOf('replies', ' \n ')).toBe('empty');
    expect(faultOf('replies', 'Ünïcode\n日本語 😀')).toBeUndefined();
  });

  it('is more than a record holds where the reply is to be long, even with the shortest text', () => {
    expect(replyContent({ replies: 'a', length: 'short' })).toBe('a');
    expect(sizeOf(replyContent({ replies: 'a', length: 'long' }))).toBeGreaterThan(1 << 14);
    expect(replyContent({ replies: 'a', length: 'long' })).toMatch(/^a\nEntry 001: /);
  });
});
