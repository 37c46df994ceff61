/**
 * What the server's private key does for a connection, and what it is worth to whoever recorded it: from the computations of the
 * run and from the test of the claim, not from the handshake's name. Pure functions.
 */

import type { Computation, Endpoint, Run, Step, ValueName } from './model';
import { ENDPOINTS, isEndpoint } from './model';
import { there } from './there';
import { computationsOf, sightings, THE_KEY } from './values';
import { SECRET } from './wire';

/** A computation with the server's private key. */
export interface KeyUse {
  readonly step: Step;
  /** It was made for the connection that this one resumes. */
  readonly earlier: boolean;
  /** The secret that came out of it; absent where the key signed. */
  readonly secret: ValueName | undefined;
}

/** A party made a value without the server's private key. */
export interface Making {
  readonly party: Endpoint;
  readonly step: Step;
}

export interface KeyPart {
  /** What it is used for: the secret that it opens, else what it signs; absent where it has no part in the connection. */
  readonly use: KeyUse | undefined;
  /** Who made the secret that it opens, and so has no need of the key. */
  readonly maker: Making | undefined;
  /** Whether the private key and all that crossed the wire were enough to read the reply. It was tried. */
  readonly suffices: boolean;
}

export function privateKeyPart(run: Run): KeyPart {
  const uses = usesOf(run);
  const use = uses.find(({ secret }) => secret) ?? uses.find(({ earlier }) => !earlier) ?? uses[0];
  const tested = there(
    'test of the claim with the private key alone',
    run.claim.find(({ privateKey, dataKey }) => privateKey && !dataKey),
  );
  const maker = use?.secret ? makingsOf(run, use.secret)[0] : undefined;
  return { use, maker, suffices: tested.reading.plaintext !== undefined };
}

/** All uses of the key but for those that got the server its certificate. */
function usesOf(run: Run): readonly KeyUse[] {
  return run.steps.flatMap((step) =>
    computationsOf(run, step).flatMap(({ unit, computation }): KeyUse[] => {
      if (unit.scope === 'setup' || !takes(computation, THE_KEY)) return [];
      const secret = computation.outputs.find(({ kind }) => SECRET.includes(kind))?.name;
      return [{ step, earlier: unit.scope === 'earlier', secret }];
    }),
  );
}

/** Where a side came by a value by a computation of its own that did not take the server's private key. */
function makingsOf(run: Run, name: ValueName): readonly Making[] {
  return run.steps.flatMap((step) =>
    computationsOf(run, step).flatMap(({ unit: { party }, computation }): Making[] => {
      const isMade = computation.outputs.some((output) => output.name === name);
      return isEndpoint(party) && isMade && !takes(computation, THE_KEY) ? [{ party, step }] : [];
    }),
  );
}

function takes({ inputs }: Computation, name: ValueName): boolean {
  return inputs.some((input) => input.name === name);
}

/** Which sides computed a value. */
export function computedBy(run: Run, name: ValueName): readonly Endpoint[] {
  const computed = sightings(run).filter(({ as, value }) => as === 'output' && value.name === name);
  return ENDPOINTS.filter((party) => computed.some((sighting) => sighting.party === party));
}
