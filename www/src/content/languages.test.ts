import { describe, expect, it, vi } from 'vitest';
import type { Language } from './language';
import { english, inLanguageOf } from './languages';

const OTHER: Language = { ...english, tag: 'xx' };

/** An element in text of this language. */
const inText = (tag: string) => ({ matches: (selector: string) => selector === `:lang("${tag}")` });

function spoken(tag: string, load: () => Promise<Language>): Promise<Language> {
  return new Promise((speak) => inLanguageOf(inText(tag), speak, { xx: load }));
}

describe('the language of an element', () => {
  it('is the one that the text around it has', async () => {
    expect(await spoken('xx', async () => OTHER)).toBe(OTHER);
  });

  it('is English at once where there is no other', () => {
    const said: Language[] = [];
    inLanguageOf(inText('yy'), (language) => said.push(language), { xx: async () => OTHER });
    expect(said).toEqual([english]);
  });

  it('is English where the other does not load, and the console says why', async () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {});
    const reason = new Error('gone');
    expect(await spoken('xx', () => Promise.reject(reason))).toBe(english);
    expect(complain).toHaveBeenCalledWith(reason);
    complain.mockRestore();
  });
});
