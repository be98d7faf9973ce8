import { beforeAll, describe, expect, it } from 'vitest';
import { REPORTS } from '../../../src/reports/registry.ts';
import type { ReportValue } from '../../../src/reports/report.ts';
import { type ExampleLedger, exampleLedger } from '../../support/example-ledger.ts';
import { answerOf, HAND_JOBS, handLedger, rounded } from '../../support/hand-ledger.ts';

type Rows = readonly (readonly ReportValue[])[];

/** The ninth job: an hour on a node of 128 cores. */
const DAY = '2026-01-17';
const USED = [128, 0, 1, 128, 0, 1];
const NOTHING = [0, 0, 0, 0, 0, 0];
/** All CPU hours are its own; of GPUs there are none to share. */
const SHARES = [1, null];
const UTILISATION = 128 / (2488 * 128 * 24);
const BAND = [1, 1, ...USED];
const NO_BAND = [0, 0, ...NOTHING];
const WAIT = [1, 0, 60, 60, 60, 60, 60];
const NO_WAIT = [0, 0, null, null, null, null, null];
const CORES = ['0', '1', '2', '3-4', '5-8', '9-16', '17-32', '33-64'];
const DURATIONS = ['0', '1 s-1 min', '1 min-5 min', '5 min-15 min'];

function below(bands: readonly string[], values: readonly ReportValue[]): ReportValue[][] {
  return bands.map((band) => [band, ...values]);
}

/** What each report of the registry says of a day with that job. */
const ONE_JOB: Readonly<Record<string, Rows>> = {
  'usage-by-user': [['fay', 1, ...USED, ...SHARES]],
  'usage-by-account': [['A1', 1, ...USED, ...SHARES]],
  'usage-by-queue': [['cpu', 1, ...USED, ...SHARES]],
  'usage-by-qos': [['regular', 1, 1, ...USED]],
  'usage-by-facility': [['NCAR', 1, 1, 1, ...USED, ...SHARES]],
  'usage-by-resource': [
    ['cpu', 1, 1, 1, ...USED, ...SHARES, UTILISATION],
    ['gpu', 0, 0, 0, ...NOTHING, 0, null, 0],
    ['other', 0, 0, 0, ...NOTHING, 0, null, null],
  ],
  allocations: [],
  'usage-history': [[DAY, 1, 1, 1, ...USED]],
  'resource-history': [[DAY, 1, 1, 1, 1, 1, 1, 128, UTILISATION, 0, 0, 0, 0, 0, 0]],
  'jobs-per-user': [[DAY, 'fay', 1]],
  'jobs-per-account': [[DAY, 'A1', 1]],
  'user-turnover': [['fay', DAY, DAY, 'yes', 'no', 1]],
  'daily-summary': [[DAY, 'fay', 'A1', 'cpu', 1, ...USED]],
  'queue-statistics': [['cpu', 1, 0, 3660 / 3600, 60, 3600]],
  'exit-statuses': [['0', 1, 1, ...USED]],
  'job-sizes-by-nodes': [...below(['0'], NO_BAND), ['1', ...BAND]],
  'job-sizes-by-cores': [...below(CORES, NO_BAND), ['65-128', ...BAND]],
  'job-sizes-by-gpus': [['0', ...BAND]],
  'job-sizes-by-memory': [...below(['0'], NO_BAND), ['0-1 GiB', ...BAND]],
  'job-durations': [...below(DURATIONS, NO_BAND), ['15 min-1 h', ...BAND]],
  'job-durations-history': [[DAY, '15 min-1 h', ...BAND]],
  'memory-per-rank': [...below(['0'], NO_BAND), ['0-128 MiB', ...BAND]],
  'memory-per-rank-history': [[DAY, '0-128 MiB', ...BAND]],
  'waits-by-nodes': [...below(['0'], NO_WAIT), ['1', ...WAIT]],
  'waits-by-cores': [...below(CORES, NO_WAIT), ['65-128', ...WAIT]],
  'waits-by-gpus': [['0', ...WAIT]],
  'waits-by-memory': [...below(['0'], NO_WAIT), ['0-1 GiB', ...WAIT]],
  'waits-by-duration': [...below(DURATIONS, NO_WAIT), ['15 min-1 h', ...WAIT]],
  'efficiency-by-user': [['fay', 1, 0.5, 0.5, 0.5, 64, 1]],
  'efficiency-by-account': [['A1', 1, 0.5, 0.5, 0.5, 64, 1]],
};

/** Of a day without jobs: nothing, but where there is a line for each part of the window or of the machine. */
function noJob(name: string, day: string): Rows {
  const zeroes: Readonly<Record<string, Rows>> = {
    'usage-by-resource': [
      ['cpu', 0, 0, 0, ...NOTHING, null, null, 0],
      ['gpu', 0, 0, 0, ...NOTHING, null, null, 0],
      ['other', 0, 0, 0, ...NOTHING, null, null, null],
    ],
    'usage-history': [[day, 0, 0, 0, ...NOTHING]],
    'resource-history': [[day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  };
  return zeroes[name] ?? [];
}

let [ledger, lonely, empty]: ExampleLedger[] = [];
beforeAll(async () => {
  ledger = await handLedger();
  lonely = await handLedger(HAND_JOBS.slice(-1));
  empty = await exampleLedger([]);
  return () => {
    for (const each of [ledger, lonely, empty]) each[Symbol.dispose]();
  };
});

describe('one job, worked out by hand', () => {
  it('is of all reports', () => {
    expect(Object.keys(ONE_JOB)).toEqual(REPORTS.map(({ name }) => name));
  });

  it.each(Object.entries(ONE_JOB))('%s, among others and alone', (name, rows) => {
    for (const each of [ledger, lonely]) {
      const report = answerOf(each, name, { from: DAY, to: DAY });
      expect(rounded(report.rows)).toEqual(rounded(rows));
    }
  });
});

describe('no job', () => {
  it.each(Object.keys(ONE_JOB))('%s, before and after all jobs, and of an empty ledger', (name) => {
    for (const [each, day] of [
      [ledger, '2026-01-14'],
      [ledger, '2026-01-18'],
      [empty, DAY],
    ] as const) {
      const { rows, from, to } = answerOf(each, name, { from: day, to: day });
      expect({ rows, from, to }).toEqual({ rows: noJob(name, day), from: day, to: day });
    }
  });
});
