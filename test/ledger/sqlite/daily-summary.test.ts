import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ingestFiles, makeEmptyLedger } from '../../support/ingest-files.ts';
import { type JobFields, jobsExport } from '../../support/jobs-export.ts';
import { ledgerFaults } from '../../support/ledger-faults.ts';
import { alterDatabase, queryColumn, queryLedger } from '../../support/query-ledger.ts';
import { TempFolder } from '../../support/temp-folder.ts';

describe.each(['a new ledger', 'an old ledger'])('the summary of %s', (kind) => {
  it('gives a job that ends at midnight to the new day', async () => {
    using folder = new TempFolder();
    const counts = await countsOf(folder, kind, [
      endingAt('2026-01-14 23:59:59'),
      endingAt('2026-01-15 00:00:00'),
      endingAt('2026-01-15 00:00:01'),
      endingAt('2026-01-15 23:59:59'),
      endingAt('2026-01-16 00:00:00'),
    ]);
    expect(counts).toEqual({ '2026-01-14': 1, '2026-01-15': 3, '2026-01-16': 1 });
  });

  it('has a day of 23 hours in spring', async () => {
    using folder = new TempFolder();
    const counts = await countsOf(folder, kind, [
      endingAt('2026-03-07 23:59:59'),
      endingAt('2026-03-08 00:00:00'),
      endingAt('2026-03-08 01:59:59'),
      endingAt('2026-03-08 03:00:00'),
      endingAt('2026-03-08 23:59:59'),
      endingAt('2026-03-09 00:00:00'),
    ]);
    expect(counts).toEqual({ '2026-03-07': 1, '2026-03-08': 4, '2026-03-09': 1 });
  });

  it('has a day of 25 hours in autumn', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const counts = await countsOf(folder, kind, [
      endingAt('2025-11-01 23:59:59'),
      endingAt('2025-11-02 00:00:00'),
      // An hour by the clock, once as the clock shows and once with the repeated hour between.
      { 'Job Start': '2025-11-02 00:30:00', 'Job End': '2025-11-02 01:30:00', Elapsed: '1.0' },
      { 'Job Start': '2025-11-02 00:30:00', 'Job End': '2025-11-02 01:30:00', Elapsed: '2.0' },
      endingAt('2025-11-02 23:59:59'),
      endingAt('2025-11-03 00:00:00'),
    ]);
    expect(counts).toEqual({ '2025-11-01': 1, '2025-11-02': 4, '2025-11-03': 1 });
    const ends = queryColumn(ledger, 'SELECT "end" FROM jobs ORDER BY "end"').map(Number);
    expect(ends[3] - ends[2]).toBe(3600);
    expect(ends[4] + 1 - ends[1]).toBe(25 * 3600);
  });

  it('adds up many jobs of the same user to what they are', async () => {
    using folder = new TempFolder();
    const jobs = Array.from({ length: 500 }, (_, i) => ({
      ...endingAt(`2026-01-15 ${String(12 + (i % 6)).padStart(2, '0')}:00:00`),
      Priority: i % 2 === 0 ? 'economy' : 'premium',
      User: `user${i % 2}`,
      Elapsed: String(0.1 + i / 1000),
    }));
    await countsOf(folder, kind, jobs);
    expect(ledgerFaults(folder.file('ledger.db'))).toEqual([]);
  });
});

describe('the summary', () => {
  it('is what the jobs and charges add up to, whenever they end', async () => {
    const ends = fc
      .date({
        min: new Date('2025-10-31T00:00:00Z'),
        max: new Date('2025-11-05T00:00:00Z'),
        noInvalidDate: true,
      })
      .map((time) => time.toISOString().slice(0, 19).replace('T', ' '));
    const job = fc.record({
      'Job End': ends,
      User: fc.constantFrom('ada', 'bob'),
      Account: fc.constantFrom('', 'NUMB0001'),
      Queue: fc.constantFrom('cpu', 'gpu', 'gpudev'),
      Priority: fc.constantFrom('', 'premium', 'economy'),
      Elapsed: fc.integer({ min: 0, max: 7200 }).map((seconds) => String(seconds / 3600)),
    });
    const runs = fc.array(fc.array(job, { maxLength: 30 }), { minLength: 1, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(runs, async (parts) => {
        using folder = new TempFolder();
        const ledger = folder.file('ledger.db');
        for (const [i, jobs] of parts.entries()) {
          const named = jobs.map((fields, j) => ({
            ...EARLY,
            'Job ID': `${i}${j + 100}.s`,
            ...fields,
          }));
          await ingestFiles(ledger, [folder.write(`${i}.csv`, jobsExport(named))], {
            sourceZone: 'UTC',
          });
        }
        expect(ledgerFaults(ledger)).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });

  it('is made anew for the days of new jobs and no other', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const jobs = ['2026-01-14', '2026-01-15', '2026-01-16'].map((day, i) => ({
      ...endingAt(`${day} 12:00:00`),
      'Job ID': `${i + 1}.s`,
    }));
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(jobs))]);
    // Whatever is summarised again loses this mark.
    alterDatabase(ledger, 'UPDATE daily_summary SET job_count = 99');
    const late = { ...endingAt('2026-01-15 13:00:00'), 'Job ID': '9.s', User: 'late' };
    const more = folder.write('more.csv', jobsExport([...jobs, late]));
    const { days } = await ingestFiles(ledger, [more]);
    expect(days).toEqual(['2026-01-15']);
    expect(
      queryLedger(ledger, 'SELECT date, job_count FROM daily_summary ORDER BY date').map((row) =>
        Object.values(row),
      ),
    ).toEqual([
      ['2026-01-14', 99],
      ['2026-01-15', 1],
      ['2026-01-15', 1],
      ['2026-01-16', 99],
    ]);
    expect(queryColumn(ledger, 'SELECT * FROM stale_days')).toEqual([]);
  });
});

/** Times before all others of these tests. */
const EARLY: JobFields = {
  'Job Submit': '2025-10-01 08:00:00',
  'Eligible Time': '2025-10-01 08:00:00',
  'Job Start': '2025-10-01 09:00:00',
};

function endingAt(end: string): JobFields {
  return { ...EARLY, 'Job End': end };
}

/** Jobs by day, as summarised, in a ledger that has nothing wrong. */
async function countsOf(
  folder: TempFolder,
  kind: string,
  jobs: readonly JobFields[],
): Promise<Record<string, number>> {
  const ledger = folder.file('ledger.db');
  if (kind === 'an old ledger') await makeEmptyLedger(ledger);
  const named = jobs.map((fields, i) => ({ ...EARLY, 'Job ID': `${i + 1}.s`, ...fields }));
  await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(named))]);
  expect(ledgerFaults(ledger)).toEqual([]);
  const rows = queryLedger(
    ledger,
    'SELECT date, sum(job_count) AS jobs FROM daily_summary GROUP BY date',
  );
  return Object.fromEntries(rows.map(({ date, jobs: count }) => [String(date), Number(count)]));
}
