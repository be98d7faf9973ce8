import { describe, expect, it } from 'vitest';
import { rebuildSummary } from '../../pipelines/rebuild-summary.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerDigestOf } from '../support/ledger-digest-of.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { alterDatabase, queryColumn } from '../support/query-ledger.ts';
import { sameJobs } from '../support/same-jobs.ts';
import { TempFolder } from '../support/temp-folder.ts';

const HARM = `
  DELETE FROM daily_summary WHERE date = '2026-01-15';
  UPDATE daily_summary SET cpu_hours = 0, job_count = 7 WHERE date = '2026-01-16';
  INSERT INTO daily_summary SELECT '2026-02-01', user_id, account_id, queue_id, 1, 1, 1, 1, 1, 1, 1
  FROM daily_summary WHERE date = '2026-01-17';
  INSERT INTO stale_days VALUES ('2026-01-18');`;

describe('a summary that is made anew', () => {
  it('is that of the charges, whatever was there', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerIn(folder);
    const before = ledgerDigestOf(ledger);
    alterDatabase(ledger, HARM);
    expect(ledgerDigestOf(ledger)).not.toEqual(before);
    const result = await rebuild(ledger);
    expect(ledgerDigestOf(ledger)).toEqual(before);
    expect(result.jobs).toBe(100);
    const days = ['2026-01-15', '2026-01-16', '2026-01-17', '2026-01-18', '2026-02-01'];
    expect(result.days).toEqual(days);
    const commands = queryColumn(ledger, 'SELECT command FROM runs');
    expect(commands).toEqual(['ingest', 'recharge --summary-only']);
  });

  it('of some days leaves the others', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerIn(folder);
    alterDatabase(ledger, 'UPDATE daily_summary SET cpu_hours = -1');
    const result = await rebuild(ledger, { from: '2026-01-16', to: '2026-01-17' });
    expect(result.days).toEqual(['2026-01-16', '2026-01-17']);
    const wrong = 'SELECT DISTINCT date FROM daily_summary WHERE cpu_hours = -1';
    expect(queryColumn(ledger, wrong)).toEqual(['2026-01-15', '2026-01-18']);
  });

  it('leaves charges by other rules as they are', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerIn(folder);
    alterDatabase(ledger, 'UPDATE job_charges SET cpu_hours = 5');
    await rebuild(ledger);
    expect(queryColumn(ledger, 'SELECT sum(cpu_hours) FROM daily_summary')).toEqual([500]);
    expect(queryColumn(ledger, 'SELECT DISTINCT cpu_hours FROM job_charges')).toEqual([5]);
  });
});

async function ledgerIn(folder: TempFolder): Promise<string> {
  const ledger = folder.file('ledger.db');
  await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(sameJobs(100)))]);
  return ledger;
}

function rebuild(ledgerPath: string, range: { from?: string; to?: string } = {}) {
  return rebuildSummary({
    ledgerPath,
    machine: presetMachine('derecho'),
    range,
    version: '0.0.0-test',
    workers: { threads: 1 },
    idsAtOnce: 30,
  });
}
