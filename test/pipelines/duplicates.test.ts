import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerJobs } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { TempFolder } from '../support/temp-folder.ts';

describe('jobs that come twice', () => {
  it('are kept once from two files that share them', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const files = [
      folder.write('monday.csv', jobsExport(EXAMPLE_JOBS.slice(0, 3))),
      folder.write('tuesday.csv', jobsExport(EXAMPLE_JOBS.slice(1))),
    ];
    const { totals, files: results } = await ingestFiles(ledger, files);
    expect(totals).toMatchObject({ lines: 7, jobs: 5, duplicates: 2 });
    expect(results.map(({ counts }) => counts.jobs)).toEqual([3, 2]);
    expect(ledgerJobs(ledger).map(({ file }) => files.indexOf(String(file)))).toEqual([
      0, 0, 0, 1, 1,
    ]);
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('come once of a file that one command names twice', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const { totals } = await ingestFiles(ledger, [file, file]);
    expect(totals).toMatchObject({ lines: 5, jobs: 5, duplicates: 0 });
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it.each([
    ['in the next line', 4 << 20],
    ['far away in another chunk', 300],
  ])('are the first line of a file that repeats them %s', async (_where, chunkBytes) => {
    using folder = new TempFolder();
    const others = Array.from({ length: 30 }, (_, i) => ({ 'Job ID': `${i + 1}.s` }));
    const first = { 'Job ID': '99.s', 'Job Name': 'first' };
    const again = { 'Job ID': '99.s', 'Job Name': 'again' };
    const near = chunkBytes > 300;
    const jobs = near ? [first, again, ...others] : [first, ...others, again];
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport(jobs));
    const { totals } = await ingestFiles(ledger, [file], { chunkBytes });
    expect(totals).toMatchObject({ lines: 32, jobs: 31, duplicates: 1 });
    expect(ledgerJobs(ledger).filter(({ job_id }) => job_id === '99.s')).toMatchObject([
      { name: 'first', line: 2 },
    ]);
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('are two jobs where the number was given again after it wrapped around', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const later = { 'Job Submit': '2026-01-15 09:00:00' };
    const { totals } = await ingestFiles(ledger, [
      folder.write('jobs.csv', jobsExport([{}, later])),
    ]);
    expect(totals).toMatchObject({ jobs: 2, duplicates: 0 });
    expect(ledgerJobs(ledger).map(({ submit }) => submit)).toEqual([
      Date.parse('2026-01-15T15:00:00Z') / 1000,
      Date.parse('2026-01-15T16:00:00Z') / 1000,
    ]);
  });

  it('leave no name behind that no job has', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const renamed = { User: 'ada2', Account: 'NUMB0009', Queue: 'elsewhere' };
    const files = [
      folder.write('jobs.csv', jobsExport([{}, renamed])),
      folder.write('later.csv', jobsExport([renamed])),
    ];
    for (const file of files) await ingestFiles(ledger, [file]);
    expect(ledgerFaults(ledger)).toEqual([]);
  });
});
