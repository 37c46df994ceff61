/** A protected record is opened in a unit of its own, in the step in which what it holds is read. */

import { expect, it } from 'vitest';
import type { Run, RunUnit } from '../src/run/model';
import { unitsOf } from '../src/run/values';

const opens = ({ unit }: RunUnit): boolean => unit.action === 'open_record';

/** What a party does next. */
function following(run: Run, { index, party }: RunUnit): RunUnit | undefined {
  return run.units.find((unit) => unit.index > index && unit.party === party);
}

/** Over one real run. */
export function opensRecords(made: { readonly run: Run }): void {
  it('opens each protected record in one unit', () => {
    const { run } = made;
    const protectedOnes = run.records.filter(({ key, receivedBy }) => key !== undefined && receivedBy !== undefined);
    expect(protectedOnes.length).toBeGreaterThan(0);
    expect(protectedOnes.map(({ receivedBy }) => run.units[receivedBy ?? -1]?.unit.action)).toEqual(
      protectedOnes.map(() => 'open_record'),
    );
    expect(run.units.filter(opens)).toHaveLength(protectedOnes.length);
  });

  it('opens a record in the step in which it is read', () => {
    const { run } = made;
    for (const step of run.steps) {
      for (const unit of unitsOf(run, step).filter(opens)) {
        const next = following(run, unit);
        expect(next?.unit.action).toMatch(/^receive_/);
        expect(step.units, step.id).toContain(next?.index);
      }
    }
  });

  it('decrypts where it opens', () => {
    const { run } = made;
    for (const { unit } of run.units.filter(opens)) {
      const computed = unit.events.filter((event) => event.type === 'computation');
      expect(computed.some(({ outputs }) => outputs.some(({ name }) => name === 'plaintext'))).toBe(true);
    }
  });
}
