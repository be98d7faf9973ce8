import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Interruption } from '../../pipelines/interruption.ts';
import {
  type RetryRequest,
  type RetryResult,
  retryRejects,
} from '../../pipelines/retry-rejects.ts';
import { acquireWriterLock } from '../../src/ledger/sqlite/writer-lock.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { type JobFields, jobsExport } from '../support/jobs-export.ts';
import { ledgerJobs, ledgerRejects } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { queryColumn } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

/** Its start is no time in Denver, and one in UTC. */
const SKIPPED_HOUR: JobFields = {
  'Job ID': '2.s',
  'Job Start': '2026-03-08 02:30:00',
  'Job End': '2026-03-08 04:00:00',
};

describe('rejects that are read again', () => {
  it('become jobs with the file and line that they came from, and are rejects no more', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport([{ 'Job ID': '1.s' }, SKIPPED_HOUR]));
    await ingestFiles(ledger, [file]);
    const result = await retry(ledger, { sourceZone: 'UTC' });
    expect(result).toMatchObject({ tried: 1, jobs: 1, duplicates: 0, rejects: 0, cut: 0 });
    expect(result.days).toEqual(['2026-03-07']);
    expect(ledgerRejects(ledger)).toEqual([]);
    expect(ledgerJobs(ledger)).toMatchObject([
      { job_id: '1.s', file, line: 2 },
      { job_id: '2.s', file, line: 3 },
    ]);
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(queryColumn(ledger, 'SELECT command FROM runs')).toEqual(['ingest', 'rejects retry']);
  });

  it('stay rejects where nothing has changed', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const text = `${jobsExport([SKIPPED_HOUR])}no job at all\n`;
    await ingestFiles(ledger, [folder.write('jobs.csv', text)]);
    const before = ledgerRejects(ledger);
    expect(before).toHaveLength(2);
    expect(await retry(ledger)).toMatchObject({ tried: 2, jobs: 0, rejects: 2, days: [] });
    expect(ledgerRejects(ledger)).toEqual(before);
  });

  it('are only those of a code where one is named', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const text = `${jobsExport([SKIPPED_HOUR])}no job at all\n`;
    await ingestFiles(ledger, [folder.write('jobs.csv', text)]);
    const result = await retry(ledger, { sourceZone: 'UTC', code: 'field-count' });
    expect(result).toMatchObject({ tried: 1, jobs: 0, rejects: 1 });
    expect(ledgerRejects(ledger)).toHaveLength(2);
  });

  it('are known where the job came otherwise meanwhile', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('a.csv', jobsExport([SKIPPED_HOUR]))]);
    const again = folder.write('b.csv', jobsExport([SKIPPED_HOUR]));
    await ingestFiles(ledger, [again], { sourceZone: 'UTC' });
    const result = await retry(ledger, { sourceZone: 'UTC' });
    expect(result).toMatchObject({ tried: 1, jobs: 0, duplicates: 1, days: [] });
    expect(ledgerRejects(ledger)).toEqual([]);
    expect(ledgerJobs(ledger)).toHaveLength(1);
  });

  it('are left alone where their text was cut', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const long = { ...SKIPPED_HOUR, 'Job Name': 'n'.repeat(5000) };
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport([long]))]);
    const result = await retry(ledger, { sourceZone: 'UTC' });
    expect(result).toMatchObject({ tried: 1, jobs: 0, cut: 1 });
    expect(ledgerRejects(ledger)).toHaveLength(1);
  });

  it('are left at the border of a batch where the run is told to end, and the next one goes on', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const rejects = Array.from({ length: 60 }, (_, i) => ({ ...SKIPPED_HOUR, 'Job ID': `${i}.s` }));
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(rejects))]);
    const stop = new AbortController();
    const whenBegun = setInterval(() => {
      const jobs = Number(queryColumn(ledger, 'SELECT count(*) FROM jobs')[0]);
      if (jobs > 0) stop.abort(new Interruption('SIGTERM'));
    }, 1);
    const request = { sourceZone: 'UTC', rejectsAtOnce: 2, signal: stop.signal };
    const failure = await failureOf(retry(ledger, request)).finally(() => clearInterval(whenBegun));
    expect(failure).toBeInstanceOf(Interruption);
    const jobs = ledgerJobs(ledger).length;
    expect(jobs % 2).toBe(0);
    expect(jobs + ledgerRejects(ledger).length).toBe(60);
    expect(queryColumn(ledger, 'SELECT status FROM runs')).toEqual(['complete', 'interrupted']);
    expect(await retry(ledger, { sourceZone: 'UTC' })).toMatchObject({ jobs: 60 - jobs });
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('wait for another writer until the run is told to end', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport([SKIPPED_HOUR]))]);
    using _lock = await acquireWriterLock(ledger, { command: 'ingest' });
    const stop = new AbortController();
    const waiting = retry(ledger, {
      waitSeconds: 60,
      onWait: ({ command }) =>
        stop.abort(new Interruption(command === 'ingest' ? 'SIGINT' : 'SIGTERM')),
      signal: stop.signal,
    });
    expect(await failureOf(waiting)).toMatchObject({ signalName: 'SIGINT' });
    expect(queryColumn(ledger, 'SELECT command FROM runs')).toEqual(['ingest']);
  });

  it('end with what failed first, also where the journal can not be told of it', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport([SKIPPED_HOUR]))]);
    const db = new Database(ledger);
    db.exec(
      `CREATE TRIGGER keep_rejects BEFORE DELETE ON rejects BEGIN SELECT RAISE(ABORT, 'first'); END;
       CREATE TRIGGER keep_runs BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'second'); END`,
    );
    db.close();
    expect((await failureOf(retry(ledger, { sourceZone: 'UTC' }))).message).toBe('first');
    expect(ledgerRejects(ledger)).toHaveLength(1);
    expect(queryColumn(ledger, 'SELECT count(*) FROM jobs')).toEqual([0]);
  });

  it('are none in a ledger that is not there, and none is made', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    expect((await failureOf(retry(ledger))).message).toContain('there is no ledger');
    expect(existsSync(ledger)).toBe(false);
  });
});

function retry(ledgerPath: string, request: Partial<RetryRequest> = {}): Promise<RetryResult> {
  return retryRejects({
    ledgerPath,
    machine: presetMachine('derecho'),
    readAs: { timeUnit: 'h' },
    waitSeconds: 0,
    version: '0.0.0-test',
    ...request,
  });
}
