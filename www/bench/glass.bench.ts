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
  const lines = [
    ['all snapshots of a run', '', mib(worst(bytes)), '16 MiB', ratio(worst(bytes), BUDGET.snapshots)],
    ['one snapshot', 'median', ms(median(snapshots)), '1 ms', ratio(median(snapshots), BUDGET.snapshot)],
    ['', '19 of 20', ms(most(snapshots)), '1 ms', ratio(most(snapshots), BUDGET.snapshot)],
    ['', 'worst', ms(worst(snapshots)), '1 ms', ratio(worst(snapshots), BUDGET.snapshot)],
    ['all searches at a step', 'median', ms(median(steps)), '50 ms', ratio(median(steps), BUDGET.search)],
    ['', 'worst', ms(worst(steps)), '50 ms', ratio(worst(steps), BUDGET.search)],
    ['all searches of a run', 'median', ms(median(whole)), '', ''],
  ];
  const looks = runs[0]?.looks.length ?? 0;
  const title = `${name}: ${RUNS} runs, ${looks} searches each, of ${needles} needles; ${snapshots.length} snapshots`;
  const table = lines.map((cells) => `  ${cells.map((cell, column) => cell.padEnd(WIDTHS[column] ?? 0)).join(' ')}`);
  process.stdout.write(`\n${title}\n  ${HEAD}\n${table.join('\n')}\n`);
});

const WIDTHS = [24, 8, 12, 8, 8];
const HEAD = ['', '', 'measured', 'budget', 'of it'].map((cell, column) => cell.padEnd(WIDTHS[column] ?? 0)).join(' ');

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

function median(numbers: readonly number[]): number {
  return below(numbers, 1 / 2);
}

/** The worst is often another program's doing. */
function most(numbers: readonly number[]): number {
  return below(numbers, 19 / 20);
}

function below(numbers: readonly number[], share: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)] ?? Number.NaN;
}

function worst(numbers: readonly number[]): number {
  return Math.max(...numbers);
}

function ms(time: number): string {
  return `${time.toFixed(2)} ms`;
}

function mib(bytes: number): string {
  return `${(bytes / MIB).toFixed(2)} MiB`;
}

function ratio(measured: number, budget: number): string {
  return `${((100 * measured) / budget).toFixed(0)} %`;
}
