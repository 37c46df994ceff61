/** What a picture must have, worked out from the formulas of its step's computations: an account of its own, by the functions' names. */

import { contains, sameBytes } from '../src/run/compare';
import type { Computation, Run, Step, Value, ValueName } from '../src/run/model';
import { computationsOf } from '../src/run/values';

/** What a formula takes besides the values that it is about (RFC 5116, section 2.1; RFC 5246, sections 5 and 6.3). */
const BESIDES: readonly ValueName[] = ['label', 'nonce', 'iv', 'additional_data'];
/** What the key block has besides the keys that encrypt. */
const OF_RECORDS = /_write_(iv|mac_key)$/;

const ENCRYPTS = /Encrypt$|\.Seal$/;
const DECRYPTS = /Decrypt$|\.Open$/;
const SIGNS = /\.Sign$/;
const AGREES = /^(X25519|ECDH|DH)$/;

export interface Formula {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

const named = ({ name }: Value): boolean => !BESIDES.includes(name);

function of(run: Run, step: Step, which: RegExp, party?: string): readonly Computation[] {
  return computationsOf(run, step)
    .filter(({ unit, computation }) => which.test(computation.function) && (!party || unit.party === party))
    .map(({ computation }) => computation);
}

const formula = ({ inputs, outputs }: Computation): Formula => ({ inputs: inputs.filter(named), outputs });

/** In the place of a hash that was made in the step, what was hashed. */
function unhashed(run: Run, step: Step, { inputs, outputs }: Computation): Formula {
  const hashes = of(run, step, /^SHA-/);
  return {
    inputs: inputs
      .filter(named)
      .flatMap((input) => hashes.find((hash) => hash.outputs.some((output) => same(output, input)))?.inputs ?? [input]),
    outputs: outputs.filter(({ name }) => !OF_RECORDS.test(name)),
  };
}

export function same(a: Value, b: Value): boolean {
  return a.name === b.name && a.parts.every(({ bytes }, i) => sameBytes(bytes, b.parts[i]?.bytes ?? new Uint8Array()));
}

/** The formulas that a step's picture shows, all of them. */
export const expected: Readonly<Record<string, (run: Run, step: Step) => readonly Formula[]>> = {
  /** All with one key, by whose step it is. */
  operations: (run, step) => {
    const all = [ENCRYPTS, DECRYPTS, SIGNS].flatMap((which) =>
      of(run, step, which, step.lane === 'both' ? undefined : step.lane),
    );
    // The authority signs its own certificates, too, with its root key.
    return all.filter(({ inputs }) => !inputs.some(({ name }) => name === 'root_private_key')).map(formula);
  },
  agreement: (run, step) => of(run, step, AGREES).map(formula),
  derivation: (run, step) => of(run, step, /^PRF/, 'client').map((each) => unhashed(run, step, each)),
  confirmation: (run, step) => of(run, step, /^PRF/).map((each) => unhashed(run, step, each)),
};

/** Whether a value is the content of a record: its bytes stand in the plaintext, before padding. */
export function isContentOf(value: Value, plaintext: Value): boolean {
  const [own, whole] = [value.parts[0]?.bytes, plaintext.parts[0]?.bytes];
  return plaintext.name === 'plaintext' && own !== undefined && whole !== undefined && contains(whole, own);
}
