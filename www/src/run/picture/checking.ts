/** The checks of a step that are worth a picture. Pure functions. */

import type { CheckName, Run, Step } from '../model';
import { checksOf, type UnitCheck } from '../values';
import type { Checking } from './model';

/** As many as are shown. */
const MOST = 3;

/** What says whom the other side is, first to last by how much it says; every other check after these. */
const WEIGHT: readonly CheckName[] = [
  'certificate_path',
  'server_signature',
  'client_signature',
  'certificate_name',
  'certificate_dates',
  'certificate_extended_key_usage',
];

/** What each record and each Finished is checked for. It is no step's subject. */
const ROUTINE: readonly CheckName[] = ['record_authentic', 'verify_data', 'ticket_authentic'];

export function checking(run: Run, step: Step): Checking | undefined {
  const made = checksOf(run, step).filter(({ check }) => !ROUTINE.includes(check.name));
  return made.length > 0 ? pictured(made, undefined) : undefined;
}

/** Whatever the step is about: a check that failed ends the connection. */
export function failing(run: Run, step: Step): Checking | undefined {
  const made = checksOf(run, step);
  const failed = made.find(({ check }) => check.outcome.outcome === 'failed');
  return (
    failed &&
    pictured(
      made.filter(({ unit }) => unit.party === failed.unit.party),
      failed,
    )
  );
}

function pictured(made: readonly UnitCheck[], failed: UnitCheck | undefined): Checking | undefined {
  const [first] = made;
  if (!first) return undefined;
  const passed = made.filter(({ check }) => check.outcome.outcome === 'passed').map(({ check }) => check);
  // Of several certificates, the one that the other side is known by comes first.
  const once = passed.filter(({ name }, index) => passed.findIndex((other) => other.name === name) === index);
  const weight = (name: CheckName) => (WEIGHT.includes(name) ? WEIGHT.indexOf(name) : WEIGHT.length);
  const important = once.toSorted((a, b) => weight(a.name) - weight(b.name)).slice(0, MOST);
  return {
    is: 'checking',
    by: (failed ?? first).unit.party,
    passed: passed.length,
    all: made.length,
    shown: failed ? [failed.check] : important,
    failed: failed?.check,
  };
}
