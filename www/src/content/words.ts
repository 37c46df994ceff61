/** The shapes that words have in every language, and what is done with texts. */

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

/** What comes after the counted steps. */
export type Epilogue = 'close' | 'alert';

/** The steps that there are only where the server asks for the client's certificate. */
export type ClientStep = 'ask' | 'client-identity' | 'client-check' | 'client-sign' | 'client-proof' | 'client-verify';

/** What a field of a message or a certificate means. */
export interface Explanation {
  /** What the field is for. */
  readonly text: string;
  /** Where it is defined: RFC number and section. */
  readonly rfc: readonly [number: number, section: string];
}

/** What one unit of work does, as a box on a lane says it. */
export interface ActionWords {
  /** The box's title: a verb and its object. */
  readonly title: string;
  /** A line beneath it. */
  readonly note?: string;
  /** What it says where the client does it, which the server does as well. */
  readonly client?: Omit<ActionWords, 'client'>;
}

/** What is checked. */
export interface CheckWords {
  readonly label: string;
  readonly text: string;
  /** What it says where the server checks the client, if that is something else. */
  readonly ofClient?: string;
}

/** A message that crosses the wire. */
export interface MessageWords {
  readonly label: string;
  readonly text: string;
}

/** A term that readers come with. */
export interface TermWords {
  readonly name: string;
  /** What else it is called: by people, by this page, by RFCs. */
  readonly words: readonly string[];
  /** What it is, in one or two sentences. */
  readonly text: string;
}

/** How a value is called. */
export interface ValueWords {
  /** In plain words, as a chip and a heading say it. Always says whose key. */
  readonly plain: string;
  /** The same where there is little room, if the whole is too long there. */
  readonly short?: string;
  /** As the RFC that defines it has it; absent where that is the same word, or there is none. */
  readonly rfc?: string;
}

/** A text with its {placeholders} filled. One that nobody fills is an error of ours. */
export function fill(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name];
    if (fact === undefined) throw new Error(`No fact fills the placeholder {${name}} in: ${text}`);
    return fact;
  });
}

/** A text with the names of values in plain words; other placeholders stay. */
export function plainly({ values }: { readonly values: Readonly<Record<string, ValueWords>> }, text: string): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name]?.plain ?? whole);
}

export function isValue<Name extends string>(values: Readonly<Record<Name, unknown>>, name: string): name is Name {
  return Object.hasOwn(values, name);
}

/** Number of words, as a reader counts them. */
export function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
