import { describe, expect, it } from 'vitest';
import { closeLedger, openForWriting } from '../../../src/ledger/sqlite/open-ledger.ts';
import { ledgerCheck } from '../../../src/reports/check/ledger-check.ts';
import { ExampleLedger, exampleLedger } from '../../support/example-ledger.ts';
import { type JobFields, jobsExport } from '../../support/jobs-export.ts';
import { alterDatabase } from '../../support/query-ledger.ts';
import { TempFolder } from '../../support/temp-folder.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** The sample job ends 2026-01-15 11:30:00 in Denver; this is noon. */
const NOON = Date.parse('2026-01-15T19:00:00Z') / 1000;

describe('the check of a ledger', () => {
  it('finds nothing where the history is whole and fresh', async () => {
    using ledger = await ledgerOf(daysBefore(70).flatMap((day) => jobsOn(day, 30)));
    const found = checked(ledger);
    expect(found).toMatchObject({
      ledger: ledger.path,
      machine: 'derecho',
      from: '2025-11-17',
      to: '2026-01-15',
      verdict: 'ok',
    });
    expect(found.figures).toEqual({
      newestEnd: '2026-01-15T18:30:00Z',
      lastIngest: { run: 1, finishedAt: '2026-01-15T18:50:00Z', lines: 70 * 30, rejects: 0 },
      openRuns: [],
      missingDays: [],
      oddDays: [],
      unreadFiles: [],
      staleDays: 0,
    });
  });

  it('finds days that are missing or odd, in local days', async () => {
    const [today, ...days] = daysBefore(70);
    using ledger = await ledgerOf([
      // Today is not over yet.
      ...jobsOn(today, 1),
      ...days
        .filter((day) => day !== '2026-01-08')
        .flatMap((day) => jobsOn(day, day === '2026-01-10' ? 7 : 30)),
    ]);
    expect(checked(ledger)).toMatchObject({
      verdict: 'warning',
      figures: {
        missingDays: ['2026-01-08'],
        oddDays: [{ day: '2026-01-10', jobs: 7, usual: 30 }],
      },
    });
  });

  it('looks at the days that are named, else at the last 60', async () => {
    using ledger = await ledgerOf([...jobsOn('2025-10-01', 1), ...jobsOn('2026-01-15', 1)]);
    const { figures } = checked(ledger);
    expect(figures?.missingDays).toHaveLength(59);
    const named = { from: '2025-09-29', to: '2025-10-03' };
    expect(checked(ledger, named).figures?.missingDays).toEqual(['2025-10-02', '2025-10-03']);
  });

  it('finds runs that did not end well, until a complete one of their command follows', async () => {
    using ledger = await ledgerOf(jobsOn('2026-01-15', 1));
    const run = (id: number, status: string, at: number) =>
      ledger.alter(
        `INSERT INTO runs (id, command, status, started_at, finished_at, qledger_version, charge_version, error)
         VALUES (${id}, 'ingest', '${status}', ${at}, ${at + 1}, '0', 1, 'disk full')`,
      );
    run(2, 'failed', NOON - 100);
    expect(checked(ledger)).toMatchObject({ verdict: 'critical', figures: { openRuns: [2] } });
    run(3, 'complete', NOON - 50);
    expect(checked(ledger)).toMatchObject({ verdict: 'ok', figures: { openRuns: [] } });
    run(4, 'interrupted', NOON - 70 * DAY);
    expect(checked(ledger).figures?.openRuns).toEqual([]);
  });

  it('finds files that were not read to their end, unless their path was read again', async () => {
    using ledger = await ledgerOf(jobsOn('2026-01-15', 1));
    ledger.alter('UPDATE source_files SET complete = 0');
    const { verdict, figures } = checked(ledger);
    expect(verdict).toBe('warning');
    expect(figures?.unreadFiles).toEqual([ledger.path.replace('ledger.db', 'jobs.csv')]);
    ledger.alter(
      `INSERT INTO source_files (path, size_bytes, modified_ms, format, committed_offset, next_line, complete)
       SELECT path, size_bytes + 1, modified_ms, format, 0, 2, 1 FROM source_files`,
    );
    expect(checked(ledger).verdict).toBe('ok');
  });

  it('counts the rejects of the last ingest, and days that are not summarised', async () => {
    using ledger = await exampleLedger([{}]);
    await ledger.add('broken.csv', `${jobsExport([{}])}${'no job\n'.repeat(10)}`);
    ledger.alter(`UPDATE runs SET started_at = ${NOON - 600}, finished_at = ${NOON - 600}`);
    alterDatabase(ledger.path, `INSERT INTO stale_days VALUES ('2026-01-15')`);
    const { verdict, figures } = checked(ledger);
    expect(verdict).toBe('critical');
    expect(figures).toMatchObject({ lastIngest: { run: 2, lines: 11, rejects: 10 }, staleDays: 1 });
  });

  it('keeps telling of rejects after an ingest that found nothing new, until they are none', async () => {
    using ledger = await exampleLedger([{}]);
    const now = NOON - 600;
    const rejectsLine = () => {
      ledger.alter(`UPDATE runs SET started_at = ${now}, finished_at = ${now}`);
      return checked(ledger).checks.find(({ check }) => check === 'rejects');
    };
    const broken = `${jobsExport([{}])}${'no job\n'.repeat(10)}`;
    await ledger.add('broken.csv', broken);
    const message = '10 of the 11 lines of run 2 are rejects (90.9 %)';
    expect(rejectsLine()).toMatchObject({ verdict: 'critical', message });
    await ledger.add('broken.csv', broken);
    expect(checked(ledger).figures).toMatchObject({ lastIngest: { run: 3, lines: 0 } });
    expect(rejectsLine()).toMatchObject({ verdict: 'critical', message });
    expect(checked(ledger, { from: '2026-01-17' }).checks).toContainEqual(
      expect.objectContaining({ check: 'rejects', verdict: 'ok' }),
    );
    ledger.alter('DELETE FROM rejects WHERE id > 1');
    expect(rejectsLine()).toMatchObject({ verdict: 'ok' });
  });

  it('is critical of a ledger that nothing was ever written to', () => {
    using ledger = new ExampleLedger(new TempFolder());
    closeLedger(openForWriting(ledger.path));
    expect(checked(ledger)).toMatchObject({
      machine: 'unknown',
      verdict: 'critical',
      figures: { newestEnd: null, lastIngest: null, missingDays: [] },
    });
  });
});

function checked(ledger: ExampleLedger, days: { from?: string; to?: string } = {}) {
  const question = { now: NOON, maxAgeSeconds: 26 * HOUR, ...days };
  return ledger.ask((db) => ledgerCheck(db, question));
}

/** A ledger whose jobs were ingested ten minutes before noon. */
async function ledgerOf(jobs: readonly JobFields[]): Promise<ExampleLedger> {
  const ledger = await exampleLedger(jobs);
  ledger.alter(`UPDATE runs SET started_at = ${NOON - 600}, finished_at = ${NOON - 600}`);
  return ledger;
}

/** From 2026-01-15 backwards. */
function daysBefore(count: number): string[] {
  return Array.from({ length: count }, (_, i) =>
    new Date(Date.UTC(2026, 0, 15 - i)).toISOString().slice(0, 10),
  );
}

function jobsOn(day: string, count: number): JobFields[] {
  return Array.from({ length: count }, (_, i) => ({
    'Job ID': `${day.replaceAll('-', '')}${i}.s`,
    'Job Submit': `${day} 08:00:00`,
    'Eligible Time': `${day} 08:00:05`,
    'Job Start': `${day} 10:00:00`,
    'Job End': `${day} 11:30:00`,
  }));
}
