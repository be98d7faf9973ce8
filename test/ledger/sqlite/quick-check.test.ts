import { closeSync, openSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demandSound, quickCheck } from '../../../src/ledger/sqlite/quick-check.ts';
import { ingestFiles } from '../../support/ingest-files.ts';
import { jobsExport } from '../../support/jobs-export.ts';
import { queryColumn } from '../../support/query-ledger.ts';
import { TempFolder } from '../../support/temp-folder.ts';

const PAGE_SIZE = 4096;

describe('the check of a built ledger', () => {
  it('finds nothing wrong with a sound one', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport([{}]))]);
    expect(quickCheck(ledger)).toEqual([]);
    expect(() => demandSound(ledger, [])).not.toThrow();
  });

  it.each([
    ['the table', 'jobs'],
    ['the unique index', 'ux_jobs_job_id_submit'],
    ['an index by owner', 'ix_jobs_queue_end'],
  ])('tells of a damaged page of %s', async (_, name) => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport([{}]))]);
    const root = queryColumn(ledger, `SELECT rootpage FROM sqlite_schema WHERE name = '${name}'`);
    const fd = openSync(ledger, 'r+');
    writeSync(fd, Buffer.alloc(16, 0xff), 0, 16, (Number(root[0]) - 1) * PAGE_SIZE);
    closeSync(fd);
    const findings = quickCheck(ledger);
    expect(findings).not.toEqual([]);
    expect(() => demandSound(ledger, findings)).toThrow(
      `${ledger}: the ledger that was built is not sound, so it was not put into service: `,
    );
  });
});
