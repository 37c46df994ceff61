/** What a panel draws of what happened in a step: every value that goes in, every value that comes out, and who has them. */

import type { Check, Party, Value, ValueKind, ValueName } from '../model';
import type { Reading } from '../wire';

export type Picture = Operations | Agreement | Derivation | Confirmation | Checking | Carrying | Keeping | Erasing;

/** Who has a value, and who has not: by the searches; of what has no row, by what crossed the wire. */
export interface Holders {
  readonly has: readonly Party[];
  readonly lacks: readonly Party[];
}

/** One value goes in, a key is used, another value comes out: encrypting, decrypting, signing. */
export interface Operation {
  readonly by: Party;
  readonly function: string;
  readonly given: Value;
  readonly key: Value;
  readonly keyHolders: Holders;
  readonly result: Value;
  /** The result, by its name in the formula. */
  readonly computed: Value;
  /** Whoever had the result before, byte for byte. */
  readonly sameAs: Party | undefined;
}

export interface Operations {
  readonly is: 'operations';
  /** All with the same key; at least one. */
  readonly all: readonly Operation[];
}

/** Each side combines a key of its own with the other's, and both arrive at one secret. */
export interface Agreement {
  readonly is: 'agreement';
  readonly sides: readonly AgreementSide[];
  /** Whether all came to the same result. */
  readonly same: boolean;
  /** Of the result. */
  readonly holders: Holders;
}

export interface AgreementSide {
  readonly party: Party;
  readonly function: string;
  readonly own: Value;
  readonly other: Value;
  readonly result: Value;
}

/** A value that goes into a computation, and who has it. */
export interface Ingredient {
  readonly value: Value;
  readonly holders: Holders;
}

/** One computation of a tree. What the step itself made for it on the way (a hash) is replaced by what that was made of. */
export interface Stage {
  readonly function: string;
  readonly given: readonly Ingredient[];
  readonly results: readonly Value[];
}

/** From secrets to keys, computation after computation. */
export interface Derivation {
  readonly is: 'derivation';
  readonly stages: readonly Stage[];
  /** Who computed it, with the same results. */
  readonly by: readonly Party[];
  /** Of what comes out last. */
  readonly holders: Holders;
}

/** A side sends what follows from a secret and all messages; the other computes it, too, and compares. */
export interface Confirmation {
  readonly is: 'confirmation';
  readonly from: Party;
  readonly to: Party | undefined;
  readonly covers: Value;
  readonly key: Value;
  readonly sent: Value;
  /** As the other side computed it; absent where it never came to that. */
  readonly computed: Value | undefined;
}

/** Checks: those that matter most of those that passed; or the first that failed. */
export interface Checking {
  readonly is: 'checking';
  readonly by: Party;
  readonly passed: number;
  readonly all: number;
  readonly shown: readonly Check[];
  readonly failed: Check | undefined;
}

/** A message, with the values of this run that are in it. */
export interface Carried {
  readonly record: number;
  readonly values: readonly Value[];
  readonly reading: Reading;
}

export interface Carrying {
  readonly is: 'carrying';
  readonly messages: readonly Carried[];
  /** What its sender made with it, and does not send. */
  readonly stays: readonly Ingredient[];
}

/** Values that are there from this step on. */
export interface Keeping {
  readonly is: 'keeping';
  readonly kept: readonly Ingredient[];
}

/** A value that was overwritten, and in how many places of all memories it was found before and after. */
export interface Gone {
  readonly name: ValueName;
  readonly kind: ValueKind;
  readonly by: readonly Party[];
  /** `undefined`: too short to search for. */
  readonly copies: { readonly before: number; readonly after: number } | undefined;
}

export interface Erasing {
  readonly is: 'erasing';
  readonly gone: readonly Gone[];
}
