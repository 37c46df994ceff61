/** Which terms and values are meant by what a reader types. Pure functions. */

/** Something that can be found, by each of its names. */
export interface Findable {
  readonly names: readonly string[];
}

/** All that match, best first; all of them as they are where nothing was typed. */
export function findIn<Entry extends Findable>(entries: readonly Entry[], typed: string): readonly Entry[] {
  const asked = plainWords(typed);
  if (asked === '') return entries;
  return entries
    .map((entry) => ({ entry, rank: Math.min(...entry.names.map((name) => rankOf(plainWords(name), asked))) }))
    .filter(({ rank }) => rank < NONE)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

const NONE = 4;

/** The name itself, its beginning, the beginning of a word in it, or a name that is in what was typed. */
function rankOf(name: string, asked: string): number {
  if (name === asked) return 0;
  if (name.startsWith(asked)) return 1;
  if (` ${name}`.includes(` ${asked}`)) return 2;
  return ` ${asked} `.includes(` ${name} `) ? 3 : NONE;
}

/** Without case, punctuation and the plural's ending. */
function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/['’]s\b/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => (word.length > 3 ? word.replace(/s$/, '') : word))
    .join(' ');
}
