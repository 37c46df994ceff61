/** The client's own certificate and private key: whose they are, who asks, who refuses, and what a refused run tells. */

import { describe, expect, it } from 'vitest';
import { diagramRows } from '../src/run/diagram';
import type { Party, Run, StepId, ValueName } from '../src/run/model';
import { PARTIES } from '../src/run/model';
import { failureIn } from '../src/run/outcome';
import { disagreements, looksOf } from '../src/run/possession/findings';
import { possession } from '../src/run/possession/possession';
import { isCounted, stepsFor } from '../src/run/steps';
import { checksOf, findValue, THE_KEY } from '../src/run/values';
import { ASKING, connect, eachRun, OPTIONS, REFUSING, setUp, startParties } from './parties';

/** The parties in whose memory any search finds a value. */
function foundIn(run: Run, name: ValueName): readonly Party[] {
  return PARTIES.filter((party) =>
    looksOf(run, party).some((look) => look.findings.some((finding) => finding.name === name)),
  );
}

function outcomes(run: Run, id: StepId): readonly string[] {
  const step = run.steps.find((candidate) => candidate.id === id);
  if (!step) throw new Error(`the run has no step ${id}`);
  return checksOf(run, step).map(({ check }) => `${check.name} ${check.outcome.outcome}`);
}

eachRun(
  ASKING.filter(({ clientCertificate }) => clientCertificate === 'shown'),
  (_, made) => {
    it("has the client's private key in the client only, and the server's in the server only", () => {
      expect(findValue(made.run, 'client_private_key')?.kind).toBe('private_key');
      expect(foundIn(made.run, 'client_private_key')).toEqual(['client']);
      expect(foundIn(made.run, THE_KEY)).toEqual(['server']);
      expect(foundIn(made.run, 'client_certificate')).toEqual(expect.arrayContaining([...PARTIES].slice(1)));
    });

    it("uses the client's private key to ask for the certificate, and once in the connection", () => {
      for (const step of made.run.steps) {
        const expected = { certificate: 'new', 'client-sign': 'used now' }[step.id as string] ?? 'held';
        expect(possession(made.run, step, 'client', 'client_private_key').is, step.id).toBe(expected);
      }
    });

    it('has the server check the certificate, and then the signature', () => {
      const checks = outcomes(made.run, 'client-check');
      expect(checks).toContain('certificate_path passed');
      expect(checks.every((check) => check.endsWith(' passed'))).toBe(true);
      expect(outcomes(made.run, 'client-verify')).toEqual(['client_signature passed']);
    });

    it('draws the private key where it signs, and the way of both certificates', () => {
      const rows = (id: StepId) =>
        made.run.steps.filter((step) => step.id === id).flatMap((s) => diagramRows(made.run, s));
      expect(rows('client-sign')).toMatchObject([{ boxes: [{ lane: 'client', privateKey: 'client_private_key' }] }]);
      expect(rows('client-proof')).toMatchObject([{ from: 'client', messages: ['certificate_verify'] }]);
      const deliveries = rows('certificate').flatMap((row) =>
        row.kind === 'delivery' ? [`${row.what}, ${row.from} to ${row.to}`] : [],
      );
      expect(deliveries).toEqual([
        'certificate_request, server to authority',
        'certificate_chain, authority to server',
        'root_certificate, authority to client',
        'certificate_request, client to authority',
        'certificate_chain, authority to client',
        'root_certificate, authority to server',
      ]);
    });
  },
);

eachRun(REFUSING, (options, made) => {
  const isShown = options.clientCertificate === 'untrusted';
  const noticing = isShown ? 'client-check' : 'client-identity';

  it('ends with the alert of the server, right after the step that noticed', () => {
    const { steps, unreached } = made.run;
    const failure = failureIn(made.run);
    expect(failure?.party).toBe('server');
    expect(failure?.report.alert).toBe(isShown ? 'unknown_ca' : 'handshake_failure');
    expect(steps.slice(-2).map(({ id }) => id)).toEqual([noticing, 'alert']);
    expect(steps.find(({ units }) => units.includes(failure?.unit ?? -1))?.id).toBe(noticing);
    expect([...steps.slice(0, -1).map(({ id }) => id), ...unreached]).toEqual(stepsFor(options));
    expect(unreached.length).toBeGreaterThan(5);
    expect(made.run.stepCount).toBe(stepsFor(options).filter(isCounted).length);
  });

  it('has the alert read by the client, which does nothing else any more', () => {
    const alert = made.run.steps.at(-1);
    const actions = alert?.units.map((unit) => `${made.run.units[unit]?.party} ${made.run.units[unit]?.unit.action}`);
    expect(actions).toContain('server send_alert');
    expect(actions).toContain('client receive_alert');
    expect(made.run.records.at(-1)?.messages.map(({ name }) => name)).toEqual(['alert']);
    expect(made.run.units.some(({ unit }) => unit.action === 'send_client_key_exchange')).toBe(false);
  });

  it('says which check noticed, if one did', () => {
    if (isShown) {
      expect(outcomes(made.run, 'client-check')).toContain('certificate_path failed');
      expect(outcomes(made.run, 'client-check')).toContain('certificate_dates passed');
    } else expect(outcomes(made.run, 'client-identity')).toEqual([]);
  });

  it('has no disagreement, and the units in the order of the steps', () => {
    expect(disagreements(made.run)).toEqual([]);
    expect(made.run.steps.flatMap(({ units }) => units)).toEqual(made.run.units.map(({ index }) => index));
    expect(foundIn(made.run, THE_KEY)).toEqual(['server']);
    if (isShown) expect(foundIn(made.run, 'client_private_key')).toEqual(['client']);
  });
});

describe('a server that has many connections', () => {
  it('trusts in each whom it is told to trust in this one', { timeout: 60_000 }, async () => {
    const parties = await startParties();
    const before = await setUp(parties, OPTIONS);
    const runs: Run[] = [];
    for (const clientCertificate of ['shown', 'untrusted', 'shown', 'off'] as const) {
      runs.push(await connect(parties, { ...OPTIONS, clientCertificate }, before));
    }
    expect(runs.map((run) => failureIn(run)?.report.alert)).toEqual([undefined, 'unknown_ca', undefined, undefined]);
    expect(runs.flatMap(disagreements)).toEqual([]);
    const last = runs[3]?.units.findLast(({ party }) => party === 'server');
    expect(last?.holdings.map(({ name }) => name)).not.toContain('root_certificate');
    // Each client is a new one, with a key pair of its own.
    expect(findValue(runs[0] as Run, 'client_private_key')).not.toEqual(
      findValue(runs[2] as Run, 'client_private_key'),
    );
    expect(findValue(runs[3] as Run, 'client_private_key')).toBeUndefined();
  });
});
