import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Band } from '../../../src/reports/bands.ts';
import type { ReportQuestion } from '../../../src/reports/definition.ts';
import { BANDINGS, type Banding } from '../../../src/reports/job-bandings.ts';
import { REPORTS } from '../../../src/reports/registry.ts';
import type { ReportValue } from '../../../src/reports/report.ts';
import { formatLocalDay } from '../../../src/site/local-day.ts';
import { presetMachine } from '../../support/preset-machine.ts';
import { PLAIN, scanned } from './plain-scan.ts';
import { fillLedger, randomJob } from './random-jobs.ts';

const site = presetMachine('derecho');
const days = fc
  .tuple(fc.nat(22), fc.nat(22))
  .map(([a, b]) => ({ from: formatLocalDay(Math.min(a, b)), to: formatLocalDay(Math.max(a, b)) }));

function bandsOf(report: string): Band[] | undefined {
  const by = /-by-(nodes|cores|gpus|memory|duration)$/.exec(report)?.[1];
  if (report === 'job-durations') return BANDINGS.duration.bands();
  const banding: Banding | undefined = Object.entries(BANDINGS).find(([name]) => name === by)?.[1];
  return banding?.bands(site);
}

/** Rows by their first value, without those of bands that have no job; sums to twelve digits. */
function comparable(rows: readonly (readonly ReportValue[])[]): unknown[] {
  return rows
    .filter(([, jobs]) => jobs !== 0)
    .map((row) =>
      row.map((value) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value)),
    )
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
}

describe('reports of the facts of jobs', () => {
  it.each(Object.keys(PLAIN))('%s says what a scan of all jobs says', (name) => {
    const definition = REPORTS.find((report) => report.name === name);
    if (definition === undefined) throw new Error(`no report ${name}`);
    fc.assert(
      fc.property(fc.array(randomJob, { maxLength: 40 }), days, (jobs, window) => {
        const db = new Database(':memory:');
        try {
          fillLedger(db, jobs);
          const question: ReportQuestion = { ...window, period: 'day', top: null, site };
          const { rows } = definition.answer(db, question);
          expect(comparable(rows)).toEqual(comparable(scanned(db, name, window, bandsOf(name))));
        } finally {
          db.close();
        }
      }),
      { numRuns: 60 },
    );
  });
});
