import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { demandIncompleteIndex } from '../../../../src/ledger/sqlite/bulk/incomplete-index.ts';
import { ingestFiles } from '../../../support/ingest-files.ts';
import { jobsExport } from '../../../support/jobs-export.ts';
import { alterDatabase } from '../../../support/query-ledger.ts';
import { TempFolder } from '../../../support/temp-folder.ts';
import { loseIndexEntry } from '../../../upkeep/verify/damage-ledger.ts';

const INDEX = 'ix_job_charges_incomplete';

describe('the index of incomplete charges', () => {
  it('is not put into service where it lacks an entry', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const jobs = Array.from({ length: 3 }, (_, i) => ({ 'Job ID': `${i + 1}.sched1` }));
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(jobs))]);
    alterDatabase(ledger, 'UPDATE job_charges SET incomplete = 4 WHERE job_id > 1');
    expect(() => check(ledger)).not.toThrow();
    loseIndexEntry(ledger, INDEX, 2, 'incomplete <> 0 AND job_id');
    expect(() => check(ledger)).toThrow(`${ledger}: ${INDEX} has 1 entries for 2 charges`);
  });
});

function check(path: string): void {
  const db = new Database(path, { readonly: true });
  try {
    demandIncompleteIndex(db);
  } finally {
    db.close();
  }
}
