import { describe, expect, it } from 'vitest';
import { headline } from '../../src/reports/headline.ts';
import type { Report, ReportValue } from '../../src/reports/report.ts';
import { shownRows } from '../../src/reports/shown-rows.ts';
import { usage } from '../../src/reports/usage.ts';
import { exampleLedger } from '../support/example-ledger.ts';

function reportOf(first: string, rows: readonly (readonly ReportValue[])[]): Report {
  return {
    kind: 'example',
    machine: 'derecho',
    from: null,
    to: null,
    columns: [{ key: first, label: first, kind: 'text' }],
    rows,
    notes: [],
  };
}

describe('the rows that are shown', () => {
  it('are all where they are few', () => {
    const report = reportOf('user', [['ada'], ['bob']]);
    expect(shownRows(report, 2)).toEqual({ rows: report.rows, note: null });
  });

  it('are the first', () => {
    expect(shownRows(reportOf('user', [['ada'], ['bob'], ['carl']]), 2)).toEqual({
      rows: [['ada'], ['bob']],
      note: 'The first 2 of 3 rows.',
    });
  });

  it('are the newest periods', () => {
    const months = [['2025-12'], ['2026-01'], ['2026-02']];
    expect(shownRows(reportOf('month', months), 2)).toEqual({
      rows: [['2026-01'], ['2026-02']],
      note: 'The last 2 of 3 rows.',
    });
  });

  it('are the first of the newest period, where that has several', () => {
    const rows = [
      ['2026-W01', 'ada'],
      ['2026-W02', 'bob'],
      ['2026-W02', 'carl'],
      ['2026-W02', 'dora'],
    ];
    expect(shownRows(reportOf('week', rows), 2)).toEqual({
      rows: [
        ['2026-W02', 'bob'],
        ['2026-W02', 'carl'],
      ],
      note: 'The first 2 of 3 rows of 2026-W02; the report has 4 in all.',
    });
  });
});

describe('the headline', () => {
  it('has the sums of a machine, and counts its users and accounts', async () => {
    using ledger = await exampleLedger();
    const [byUser, byAccount] = (['user', 'account'] as const).map((by) =>
      ledger.ask((db) => usage(db, { by })),
    );
    const { columns, rows } = headline([byUser], [byAccount]);
    expect(columns.map(({ label }) => label)).toEqual([
      'Machine',
      'Jobs',
      'Users',
      'Accounts',
      'CPU hours',
      'GPU hours',
      'CPU charge',
      'GPU charge',
    ]);
    expect(rows).toEqual([
      ['derecho', 5, byUser.rows.length, byAccount.rows.length, 584, 2.5, 628.8, 1.9],
    ]);
  });
});
