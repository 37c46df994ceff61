/** What the glass costs: snapshots and searches of real runs, beside their budgets. Needs no browser. */

import { it } from 'vitest';
import { MemoryReader, type RecordedParties } from '../src/network/recorder';
import { makeRun } from '../src/network/run';
import type { Party, Run, RunOptions } from '../src/run/model';
import { PARTIES } from '../src/run/model';
import { lookAt } from '../src/run/possession/findings';
import { searchAll } from '../src/run/search/job';
import { needlesOf } from '../src/run/search/needles';
import { bytesOf } from '../src/run/search/pack';
import { rows } from '../src/run/values';
import { type LocalParties, OPTIONS, setUp, startParties } from '../test/parties';
import { below, median, milliseconds, printTable, worst } from './table';

const MIB = 1024 * 1024;
const BUDGET = { snapshots: 16 * MIB, snapshot: 1, search: 50 } as const;
const RUNS = 5;

const SCENARIOS: readonly (readonly [string, RunOptions])[] = [
  ['RSA', OPTIONS],
  ['ECDHE', { ...OPTIONS, handshake: 'ecdhe' }],
];

it.each(SCENARIOS)('the glass, %s', async (name, options) => {
  const parties = await startParties();
  const before = await setUp(parties, options);
  const snapshots: number[] = [];
  const whole: number[] = [];
  const recorded = timed(parties, snapshots);
  const search: typeof searchAll = (job) => stopped(whole, () => searchAll(job));
  const runs: Run[] = [];
  for (let n = 0; n < RUNS; n++) {
    runs.push(await makeRun({ parties: recorded, reader: parties.reader, search }, options, before));
  }
  const bytes = runs.map(bytesOfRun);
  const steps = runs.flatMap(searchesOfSteps);
  const needles = rows(runs[0] as Run).flatMap((row) => row.values.flatMap(needlesOf)).length;
  const row = (title: string, of: string, measured: number, budget: number) => {
    const isSize = budget === BUDGET.snapshots;
    const text = isSize ? mib : milliseconds;
    return [title, of, text(measured), text(budget), share(measured, budget)];
  };
  const looks = runs[0]?.looks.length ?? 0;
  printTable(
    `The glass, ${name}: ${RUNS} runs, ${looks} searches each, of ${needles} needles; ${snapshots.length} snapshots`,
    [
      ['', '', 'measured', 'budget', 'of it'],
      row('all snapshots of a run', '', worst(bytes), BUDGET.snapshots),
      row('one snapshot', 'median', median(snapshots), BUDGET.snapshot),
      row('', '19 of 20', most(snapshots), BUDGET.snapshot),
      row('', 'worst', worst(snapshots), BUDGET.snapshot),
      row('all searches at a step', 'median', median(steps), BUDGET.search),
      row('', 'worst', worst(steps), BUDGET.search),
      ['all searches of a run', 'median', milliseconds(median(whole)), '', ''],
    ],
  );
});

/** The parties, with the time that each snapshot takes within the worker. */
function timed({ recorded, ...hosts }: LocalParties, times: number[]): RecordedParties {
  const memory = (party: Party) => new MemoryReader(() => stopped(times, () => hosts[party].snapshot()));
  return {
    authority: { ...recorded.authority, memory: memory('authority') },
    client: { ...recorded.client, memory: memory('client') },
    eavesdropper: { ...recorded.eavesdropper, memory: memory('eavesdropper') },
    server: { ...recorded.server, memory: memory('server') },
  };
}

function bytesOfRun(run: Run): number {
  return bytesOf(run.looks.map((look) => look.image));
}

/** Everything at one step: all needles of the run against all four memories, prepared anew each time. */
function searchesOfSteps(run: Run): number[] {
  const values = rows(run).flatMap((row) => row.values);
  const times: number[] = [];
  for (const step of run.steps) {
    const memories = PARTIES.map((party) => lookAt(run, step, party).image);
    stopped(times, () => searchAll({ values, memories, postings: [] }));
  }
  return times;
}

function stopped<T>(times: number[], work: () => T): T {
  const start = performance.now();
  const result = work();
  times.push(performance.now() - start);
  return result;
}

function mib(bytes: number): string {
  return `${(bytes / MIB).toFixed(2)} MiB`;
}

/** The worst is often another program's doing. */
function most(numbers: readonly number[]): number {
  return below(numbers, 19 / 20);
}

function share(measured: number, budget: number): string {
  return `${((100 * measured) / budget).toFixed(0)} %`;
}
