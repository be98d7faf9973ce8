import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SourceError } from '../../src/sources/source-error.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles, makeEmptyLedger } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerJobs } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { queryColumn } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

/** So many jobs with names of no pattern that an archive of them can be cut behind its head. */
function exportOf(first: number, count: number): string {
  return jobsExport(
    Array.from({ length: count }, (_, i) => ({
      'Job ID': `${first + i}.s`,
      'Job Name': ((first + i) * 2_654_435_761).toString(36).repeat(8),
    })),
  );
}

describe.each(['a new ledger', 'an old ledger'])('a damaged archive, into %s,', (kind) => {
  it('does not keep the files after it from being loaded, and is read again when it is whole', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    if (kind === 'an old ledger') await makeEmptyLedger(ledger);
    const whole = gzipSync(exportOf(1000, 4000));
    const damaged = folder.write('b.csv.gz', whole.subarray(0, Math.floor(whole.length / 2)));
    const files = [
      folder.write('a.csv', exportOf(1, 5)),
      damaged,
      folder.write('c.csv', exportOf(10, 5)),
    ];
    const { totals, unreadable } = await ingestFiles(ledger, files, { chunkBytes: 60_000 });
    expect(unreadable.map(({ path }) => path)).toEqual([damaged]);
    expect(unreadable[0].problem.message).toContain('damaged or cut off');
    const ids = ledgerJobs(ledger).map(({ job_id }) => job_id);
    expect(ids).toHaveLength(totals.jobs);
    expect(ids).toEqual(expect.arrayContaining(['1.s', '5.s', '10.s', '14.s', '1000.s']));
    expect(ids.length).toBeLessThan(4010);
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(
      queryColumn(ledger, 'SELECT complete FROM v_source_files WHERE jobs > 0 ORDER BY path'),
    ).toEqual([1, 0, 1]);

    folder.write('b.csv.gz', whole);
    const again = await ingestFiles(ledger, files, { chunkBytes: 60_000 });
    expect(again).toMatchObject({ unchanged: [files[0], files[2]], unreadable: [] });
    expect(ledgerJobs(ledger)).toHaveLength(4010);
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('alone fails the run', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    if (kind === 'an old ledger') await makeEmptyLedger(ledger);
    const whole = gzipSync(exportOf(1000, 4000));
    const damaged = folder.write('b.csv.gz', whole.subarray(0, Math.floor(whole.length / 2)));
    const failure = await failureOf(ingestFiles(ledger, [damaged], { chunkBytes: 60_000 }));
    expect(failure).toBeInstanceOf(SourceError);
    expect(existsSync(ledger)).toBe(kind === 'an old ledger');
  });
});
