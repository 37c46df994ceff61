/** What a language is to the page: its words, and its rules for numbers and lists. It is handed down to whatever draws. */

import type { language as english } from './en';

type Plain = string | number | boolean | undefined;

/** As English has it, with any text in the place of its texts. */
type AsEnglish<T> = T extends string
  ? string
  : T extends Plain
    ? T
    : T extends Promise<infer Loaded>
      ? Promise<AsEnglish<Loaded>>
      : T extends (...args: infer Arguments) => infer Result
        ? (...args: Arguments) => AsEnglish<Result>
        : { readonly [Key in keyof T]: AsEnglish<T[Key]> };

type WholeLanguage = AsEnglish<typeof english>;

/** What loads when it is needed, by its name. */
export type PartWords = {
  readonly [Name in keyof WholeLanguage['parts']]: Awaited<ReturnType<WholeLanguage['parts'][Name]>>;
};

export type PartName = keyof PartWords;

export interface Language extends WholeLanguage {
  /** There once they are loaded: before a step is shown. */
  readonly ofSteps?: PartWords['steps'] | undefined;
  /** Likewise: before a run is shown that `takesFurther` (facts.ts). */
  readonly further?: PartWords['further'] | undefined;
}
