/** The terms that readers come with, and the steps that show what each means: the first of them that a run has. Pure functions. */

import type { Run, Step, StepId } from './model';

const STEPS_OF = {
  'session key': ['data-keys'],
  symmetric: ['request'],
  asymmetric: ['client-sign', 'sign', 'decrypt', 'client-key', 'certificate'],
  phases: ['request'],
  handshake: ['client-hello'],
  'pre-master secret': ['secret', 'agree'],
  'master secret': ['session', 'data-keys'],
  'https and wss': ['request'],
  ssl: ['client-hello'],
  'digital certificate': ['identity', 'certificate'],
  authority: ['verify', 'certificate'],
  'public key': ['identity', 'certificate'],
  'private key': ['decrypt', 'sign', 'certificate'],
  'key exchange': ['agree', 'client-key', 'session'],
  'one-time key': ['erase'],
  'cipher suite': ['server-hello'],
  'forward secrecy': ['erase', 'client-key', 'session'],
  random: ['server-hello'],
  signature: ['sign', 'verify', 'certificate'],
  finished: ['client-finished'],
  eavesdropper: ['reply'],
} as const satisfies Readonly<Record<string, readonly StepId[]>>;

export type TermName = keyof typeof STEPS_OF;

export const TERM_NAMES = Object.keys(STEPS_OF) as readonly TermName[];

/** Where this run shows what a term means; nowhere, if it has no such step. */
export function stepOfTerm(run: Pick<Run, 'steps'>, term: TermName): Step | undefined {
  const found = STEPS_OF[term].flatMap((id) => run.steps.find((step) => step.id === id) ?? []);
  return found[0];
}
