import { copyFileSync, rmSync, symlinkSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerContent, ledgerJobs } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { queryColumn } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

describe('a new ledger', () => {
  it('stands alone in its folder, which is made', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', `${jobsExport(EXAMPLE_JOBS)}no job\n`);
    await ingestFiles(folder.file('ledgers/derecho.db'), [file]);
    expect(folder.names('ledgers')).toEqual(['derecho.db']);
  });

  it('is made where a symbolic link leads that was there before it', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    folder.write('data/README', '');
    symlinkSync('next.db', folder.file('data/derecho.db'));
    symlinkSync('../ledgers/derecho.db', folder.file('data/next.db'));
    await ingestFiles(folder.file('data/derecho.db'), [file]);
    expect(folder.names('ledgers')).toEqual(['derecho.db']);
    expect(folder.names('data')).toEqual(['README', 'derecho.db', 'next.db']);
    expect(queryColumn(folder.file('data/derecho.db'), 'SELECT count(*) FROM jobs')).toEqual([5]);
    const again = await ingestFiles(folder.file('data/derecho.db'), [file], { force: true });
    expect(again.totals).toMatchObject({ jobs: 0, duplicates: 5 });
  });

  it('can not be made where symbolic links lead in a circle', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    symlinkSync('b.db', folder.file('a.db'));
    symlinkSync('a.db', folder.file('b.db'));
    const failure = await failureOf(ingestFiles(folder.file('a.db'), [file]));
    expect(failure.message).toMatch(/a\.db: its symbolic links lead in a circle\./);
    expect(folder.names()).toEqual(['a.db', 'b.db', 'jobs.csv']);
  });

  it('is no other for the log that a ledger before it left behind', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    await ingestFiles(ledger, [file]);
    const expected = ledgerContent(ledger);
    leaveLogOfKilledWriter(ledger);
    rmSync(ledger);
    await ingestFiles(ledger, [file]);
    expect(ledgerContent(ledger)).toEqual(expected);
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('of many jobs, long and short, is sound and the same as one that grew', async () => {
    using folder = new TempFolder();
    const jobs = Array.from({ length: 3000 }, (_, i) => ({
      'Job ID': `${5000 - i}[${i % 7}].sched1`,
      'Job Name': 'n'.repeat(i % 500 === 0 ? 20_000 : i % 40),
      User: `user${i % 61}`,
      Account: `ACCT${i % 17}`,
      Queue: ['cpu', 'gpu', 'cpudev'][i % 3],
      'Job End': `2026-0${1 + (i % 9)}-${10 + (i % 17)} 11:30:00`,
      'Job Submit': '2025-12-15 08:00:00',
      'Eligible Time': '',
      'Job Start': '',
    }));
    const whole = folder.write('whole.csv', jobsExport(jobs));
    const first = folder.write('first.csv', jobsExport([]));
    const built = folder.file('built.db');
    await ingestFiles(built, [first, whole], { chunkBytes: 50_000, readers: { threads: 2 } });
    const grown = folder.file('grown.db');
    for (const file of [first, whole]) await ingestFiles(grown, [file]);
    expect(ledgerContent(built)).toEqual(ledgerContent(grown));
    expect(ledgerFaults(built)).toEqual([]);
    expect(queryColumn(built, 'SELECT count(*) FROM jobs')).toEqual([3000]);
  });

  it('is made by one of two runs at once, and the other says so or adds nothing', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const ends = await Promise.allSettled([
      ingestFiles(ledger, [file]),
      ingestFiles(ledger, [file]),
    ]);
    expect(ends.map(({ status }) => status)).toContain('fulfilled');
    expect(ledgerJobs(ledger)).toHaveLength(5);
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(folder.names()).toEqual(['jobs.csv', 'ledger.db']);
  });

  it('that could not be made leaves nothing, and says nothing of a part that stays', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport([{ 'Job Name': 'break-the-reader' }]));
    const workerFile = new URL('../fixtures/failing-worker.ts', import.meta.url);
    const failure = await failureOf(
      ingestFiles(ledger, [file], { readers: { threads: 1, workerFile } }),
    );
    expect(folder.names()).toEqual(['jobs.csv']);
    expect(failure.message).toContain('the reader broke');
    expect(failure.message).not.toContain('committed before stays');
  });
});

/** Leaves what a writer leaves that is killed between its last transaction and the next checkpoint. */
function leaveLogOfKilledWriter(ledger: string): void {
  const writer = new Database(ledger);
  writer.pragma('journal_mode = WAL');
  writer.pragma('wal_autocheckpoint = 0');
  writer.exec("UPDATE users SET username = username || '-old'; DELETE FROM daily_summary");
  copyFileSync(`${ledger}-wal`, `${ledger}-kept`);
  writer.close();
  copyFileSync(`${ledger}-kept`, `${ledger}-wal`);
  rmSync(`${ledger}-kept`);
}
