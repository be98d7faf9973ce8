import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportQuestion } from '../../../src/reports/definition.ts';
import { PERIODS } from '../../../src/reports/period.ts';
import { REPORTS } from '../../../src/reports/registry.ts';
import { NO_FACTS } from '../../../src/site/machine-facts.ts';
import type { ExampleLedger } from '../../support/example-ledger.ts';
import { answerOf, HAND_JOBS, handLedger } from '../../support/hand-ledger.ts';
import { presetMachine } from '../../support/preset-machine.ts';
import { tableOf } from '../../support/table-of.ts';

/** First and last seconds of days, weeks and years of Denver; each job took a node for an hour, 128 core-hours. */
const ENDS = [
  '2020-12-27T23:59:59-07:00',
  '2020-12-28T00:00:00-07:00',
  '2020-12-31T23:59:59-07:00',
  '2021-01-01T00:00:00-07:00',
  '2021-01-03T23:59:59-07:00',
  '2021-01-04T00:00:00-07:00',
  // A day of 23 hours.
  '2026-03-08T00:00:00-07:00',
  '2026-03-08T23:59:59-06:00',
  '2026-03-09T00:00:00-06:00',
  // A day of 25 hours, with both the half past ones that it has.
  '2026-11-01T00:00:00-06:00',
  '2026-11-01T01:30:00-06:00',
  '2026-11-01T01:30:00-07:00',
  '2026-11-01T23:59:59-07:00',
  '2026-11-02T00:00:00-07:00',
  '2027-01-03T23:59:59-07:00',
  '2027-01-04T00:00:00-07:00',
];
const WHOLE = { from: '2020-12-27', to: '2027-01-04' };
const NINTH = HAND_JOBS[8];
const { resources } = presetMachine('derecho');
/** One node for all. */
const SITE = {
  ...NO_FACTS,
  resources: {
    ...resources,
    cpu: {
      queues: ['cpu'],
      capacity: [{ nodes: 1, cores: 128, gpus: null, memoryBytes: null }],
    },
  },
};

let ledger: ExampleLedger;
beforeAll(async () => {
  const jobs = ENDS.map((ended, i) => ({
    ...NINTH,
    id: i + 1,
    user: i % 2 === 0 ? 'ada' : 'bob',
    ended,
  }));
  ledger = await handLedger(jobs);
  return () => ledger[Symbol.dispose]();
});

/** Jobs of each part of the window that has any. */
function jobsIn(period: ReportQuestion['period'], from: string, to: string): unknown[] {
  const report = answerOf(ledger, 'usage-history', { period, from, to });
  return tableOf(report, period, 'jobs')
    .filter(({ jobs }) => jobs !== 0)
    .map(({ [period]: part, jobs }) => [part, jobs]);
}

describe('the end of a year', () => {
  it('is the last second of the site', () => {
    expect(jobsIn('year', WHOLE.from, WHOLE.to)).toEqual([
      ['2020', 3],
      ['2021', 3],
      ['2026', 8],
      ['2027', 2],
    ]);
    expect(jobsIn('month', '2020-12-31', '2021-01-01')).toEqual([
      ['2020-12', 1],
      ['2021-01', 1],
    ]);
    expect(jobsIn('quarter', WHOLE.from, WHOLE.to)).toEqual([
      ['2020-Q4', 3],
      ['2021-Q1', 3],
      ['2026-Q1', 3],
      ['2026-Q4', 5],
      ['2027-Q1', 2],
    ]);
  });

  it('is within week 53 of the years that have one', () => {
    expect(jobsIn('week', WHOLE.from, WHOLE.to)).toEqual([
      ['2020-W52', 1],
      ['2020-W53', 4],
      ['2021-W01', 1],
      ['2026-W10', 2],
      ['2026-W11', 1],
      ['2026-W44', 4],
      ['2026-W45', 1],
      ['2026-W53', 1],
      ['2027-W01', 1],
    ]);
    // Monday to Sunday.
    expect(jobsIn('week', '2020-12-28', '2021-01-03')).toEqual([['2020-W53', 4]]);
    expect(jobsIn('week', '2026-12-28', '2027-01-03')).toEqual([['2026-W53', 1]]);
    // A window that cuts a week has only its part of it.
    expect(jobsIn('week', '2021-01-01', '2021-01-03')).toEqual([['2020-W53', 2]]);
  });
});

describe('a day of the change of clocks', () => {
  it('has its 23 or 25 hours, and no more jobs than ended in them', () => {
    const used = (from: string, to: string) =>
      tableOf(
        answerOf(ledger, 'resource-history', { from, to, site: SITE }),
        'day',
        'cpu_jobs',
        'cpu_utilisation',
      );
    expect(used('2026-03-07', '2026-03-09')).toEqual([
      { day: '2026-03-07', cpu_jobs: 0, cpu_utilisation: 0 },
      { day: '2026-03-08', cpu_jobs: 2, cpu_utilisation: 2 / 23 },
      { day: '2026-03-09', cpu_jobs: 1, cpu_utilisation: 1 / 24 },
    ]);
    expect(used('2026-10-31', '2026-11-02')).toEqual([
      { day: '2026-10-31', cpu_jobs: 0, cpu_utilisation: 0 },
      { day: '2026-11-01', cpu_jobs: 4, cpu_utilisation: 4 / 25 },
      { day: '2026-11-02', cpu_jobs: 1, cpu_utilisation: 1 / 24 },
    ]);
  });

  it('is so in reports of the facts of jobs too', () => {
    const jobs = (report: string, from: string, to = from) =>
      tableOf(answerOf(ledger, report, { from, to }), 'jobs').reduce(
        (sum, { jobs }) => sum + Number(jobs),
        0,
      );
    for (const report of ['job-durations', 'waits-by-nodes', 'exit-statuses', 'usage-by-user']) {
      expect([report, jobs(report, '2026-03-08')]).toEqual([report, 2]);
      expect([report, jobs(report, '2026-11-01')]).toEqual([report, 4]);
      expect([report, jobs(report, '2026-11-01', '2026-11-02')]).toEqual([report, 5]);
    }
  });
});

describe('the parts of a window', () => {
  const histories = REPORTS.filter(({ options }) => options.includes('period'));
  const windows: [string, string, number][] = [
    [WHOLE.from, WHOLE.to, 16],
    ['2020-12-30', '2021-01-02', 2],
    ['2026-03-08', '2026-11-01', 7],
    ['2026-11-01', '2027-01-03', 6],
    ['2022-02-28', '2022-03-01', 0],
  ];

  it.each(histories.map(({ name }) => name))('of %s add up to it, in each period', (name) => {
    for (const [from, to, jobs] of windows) {
      for (const period of PERIODS) {
        const { columns, rows } = answerOf(ledger, name, { from, to, period });
        const sum = (key: string): number | null => {
          const place = columns.findIndex((column) => column.key === key);
          return place === -1 ? null : rows.reduce((all, row) => all + Number(row[place]), 0);
        };
        const hours = columns.some(({ key }) => key === 'cpu_hours') ? 128 * jobs : null;
        expect([name, period, from, sum('jobs'), sum('cpu_hours')]).toEqual([
          ...[name, period, from, jobs, hours],
        ]);
      }
    }
  });
});
