import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ReportQuestion } from '../../src/reports/definition.ts';
import { allocations } from '../../src/reports/definitions/allocations.ts';
import { REPORTS } from '../../src/reports/registry.ts';
import type { Report } from '../../src/reports/report.ts';
import { exampleLedger } from '../support/example-ledger.ts';
import { presetMachine } from '../support/preset-machine.ts';

const DOCS = readFileSync(new URL('../../docs/reports.md', import.meta.url), 'utf8');
const BOTH_DAYS: ReportQuestion = {
  from: '2026-01-15',
  to: '2026-01-16',
  period: 'day',
  top: null,
  site: presetMachine('derecho'),
};

describe('the reports', () => {
  it('are all told of in the docs, and no others', () => {
    const documented = [...DOCS.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    expect(documented).toEqual(REPORTS.map(({ name }) => name));
  });

  it('have names of their own', () => {
    expect(new Set(REPORTS.map(({ name }) => name)).size).toBe(REPORTS.length);
  });

  it.each(REPORTS.map((report) => [report.name, report] as const))(
    '%s answers with a value for each column, and of a window without jobs too',
    async (name, definition) => {
      using ledger = await exampleLedger();
      for (const window of [BOTH_DAYS, { ...BOTH_DAYS, from: '2030-01-01', to: '2030-01-31' }]) {
        const report = ledger.ask((db) => definition.answer(db, window));
        expect(report).toMatchObject({
          kind: name,
          machine: 'derecho',
          from: window.from,
          to: window.to,
        });
        for (const row of report.rows) expect(row).toHaveLength(report.columns.length);
      }
    },
  );

  it('answer of a ledger that has no jobs at all', async () => {
    using ledger = await exampleLedger([]);
    for (const definition of REPORTS) {
      const report = ledger.ask((db) => definition.answer(db, BOTH_DAYS));
      for (const row of report.rows) expect(row).toHaveLength(report.columns.length);
    }
  });

  it('count each job of the window once, in whichever way they are put together', async () => {
    using ledger = await exampleLedger();
    // Allocations are of hours alone.
    for (const definition of REPORTS.filter((each) => each !== allocations)) {
      const report = ledger.ask((db) => definition.answer(db, BOTH_DAYS));
      expect([definition.name, jobsOf(report)]).toEqual([definition.name, 5]);
    }
  });
});

function jobsOf({ columns, rows }: Report): number {
  const place = columns.findIndex(({ key }) => key === 'jobs');
  return rows.reduce((sum, row) => sum + Number(row[place]), 0);
}
