import { describe, expect, it } from 'vitest';
import { addsUp, combinedReport } from '../../src/reports/combined-report.ts';
import { REPORTS } from '../../src/reports/registry.ts';
import type { Report } from '../../src/reports/report.ts';
import { exampleLedger } from '../support/example-ledger.ts';
import { presetMachine } from '../support/preset-machine.ts';

const CASPER: Report = {
  kind: 'usage-by-qos',
  machine: 'casper',
  from: '2026-01-15',
  to: '2026-01-16',
  columns: [
    { key: 'qos', label: 'QoS', kind: 'text' },
    { key: 'jobs', label: 'Jobs', kind: 'count' },
    { key: 'users', label: 'Users', kind: 'count' },
    { key: 'cpu_hours', label: 'CPU hours', kind: 'hours' },
    { key: 'cpu_share', label: 'CPU share', kind: 'share' },
    { key: 'mean_wait', label: 'Mean wait', kind: 'seconds' },
  ],
  rows: [
    ['premium', 1, 1, 0.1, 0.5, 60],
    ['regular', 2, 2, 0.2, 0.5, null],
  ],
  notes: ['A day is missing.'],
};
const DERECHO: Report = {
  ...CASPER,
  machine: 'derecho',
  rows: [['premium', 10, 3, null, 1, 30]],
  notes: [],
};

describe('the report of several machines', () => {
  it('has the rows of each with its machine, and a line of what adds up', () => {
    expect(combinedReport([CASPER, DERECHO])).toEqual({
      ...CASPER,
      machine: 'casper, derecho',
      columns: [{ key: 'machine', label: 'Machine', kind: 'text' }, ...CASPER.columns],
      rows: [
        ['casper', 'premium', 1, 1, 0.1, 0.5, 60],
        ['casper', 'regular', 2, 2, 0.2, 0.5, null],
        ['derecho', 'premium', 10, 3, null, 1, 30],
        ['all', null, 13, null, 0.1 + 0.2, null, null],
      ],
      notes: [
        'casper: A day is missing.',
        'The last line does not add up: Users, CPU share, Mean wait.',
      ],
    });
  });

  it('says that a sum of the largest rows is of those alone', () => {
    expect(combinedReport([CASPER, DERECHO], true).notes).toContain(
      'The last line adds up the lines that are shown, not those that were left out.',
    );
  });

  it('has no sum of what is known of no machine', () => {
    const rows = [['premium', 1, 1, null, 1, 30]];
    const reports = [CASPER, DERECHO].map((report) => ({ ...report, rows }));
    expect(combinedReport(reports).rows.at(-1)).toEqual(['all', null, 2, null, null, null, null]);
  });

  it('has no line of sums where there are no rows', () => {
    const none = { ...DERECHO, rows: [] };
    expect(combinedReport([none, none])).toMatchObject({ rows: [], notes: [] });
  });
});

describe('what adds up', () => {
  it('is known of each count of each report', async () => {
    using ledger = await exampleLedger();
    const counts = ledger.ask((db) =>
      REPORTS.flatMap((report) => {
        const question = {
          from: '2026-01-15',
          to: '2026-01-16',
          period: 'day',
          top: null,
          site: presetMachine('derecho'),
        } as const;
        return report.answer(db, question).columns.filter(({ kind }) => kind === 'count');
      }),
    );
    const keys = (columns: readonly { key: string }[]): string[] =>
      [...new Set(columns.map(({ key }) => key))].sort();
    // A new count belongs into one of the two: is it of jobs, or of people?
    expect(keys(counts.filter(addsUp))).toEqual([
      'cpu_jobs',
      'gpu_jobs',
      'jobs',
      'other_jobs',
      'without_wait',
    ]);
    expect(keys(counts.filter((column) => !addsUp(column)))).toEqual([
      'accounts',
      'cpu_accounts',
      'cpu_users',
      'gpu_accounts',
      'gpu_users',
      'users',
    ]);
  });
});
