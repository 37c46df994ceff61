/** What a language has to say about one step. Texts may hold {placeholders}, named in facts.ts. */
export interface StepWords {
  readonly title: string;
  /** At most 22 words. */
  readonly caption: string;
  /** At most 45 words. */
  readonly why: string;
  /** The second depth, with the names that the RFCs use. */
  readonly engineers: string;
}

/** What a field of a message or a certificate means. */
export interface Explanation {
  /** What the field is for. */
  readonly text: string;
  /** Where it is defined: RFC number and section. */
  readonly rfc: readonly [number: number, section: string];
}

/** A text with its {placeholders} filled. One that nobody fills is an error of ours. */
export function fill(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name];
    if (fact === undefined) throw new Error(`No fact fills the placeholder {${name}} in: ${text}`);
    return fact;
  });
}

/** Number of words, as a reader counts them. */
export function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
