/** What the four outcomes of the claim's test say together. Pure functions: from the outcomes, not from the protocol's name. */

import type { ClaimTest } from '../../run/model';

export type Conclusion = 'key alone' | 'key opens nothing' | 'data key alone' | 'neither' | 'unexpected';

export function conclusions(claim: readonly ClaimTest[]): readonly Conclusion[] {
  const reads = (privateKey: boolean, dataKey: boolean) =>
    claim.find((test) => test.privateKey === privateKey && test.dataKey === dataKey)?.reading.plaintext !== undefined;
  // Keys open what keys open: more of them never open less. And nobody reads with nothing.
  if (!reads(false, true) || !reads(true, true) || reads(false, false)) return ['unexpected'];
  return [reads(true, false) ? 'key alone' : 'key opens nothing', 'data key alone', 'neither'];
}
