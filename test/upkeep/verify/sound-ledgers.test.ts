import { describe, expect, it } from 'vitest';
import { Interruption } from '../../../pipelines/interruption.ts';
import { retryRejects } from '../../../pipelines/retry-rejects.ts';
import type { Site } from '../../../src/site/machine.ts';
import { EXAMPLE_JOBS } from '../../support/example-jobs.ts';
import { failureOf } from '../../support/failure-of.ts';
import { ingestFiles, makeEmptyLedger } from '../../support/ingest-files.ts';
import { jobsExport } from '../../support/jobs-export.ts';
import { presetMachine } from '../../support/preset-machine.ts';
import { queryColumn } from '../../support/query-ledger.ts';
import { sameJobs } from '../../support/same-jobs.ts';
import { TempFolder } from '../../support/temp-folder.ts';
import { problemsOf, verified } from './verified-ledger.ts';

const JOBS = jobsExport(sameJobs(1200));

describe('a sound ledger has no problem', () => {
  it('built at once, with duplicates and rejects', async () => {
    using folder = new TempFolder();
    const again = jobsExport(sameJobs(1200).slice(100, 300));
    await ingestFiles(folder.file('ledger.db'), [
      folder.write('jobs.csv', `${JOBS}this is no job\n`),
      folder.write('again.csv', again),
    ]);
    expect(problemsOf(folder.file('ledger.db'))).toEqual([]);
  });

  it('grown file by file', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    for (const [i, count] of [5, 300, 1200].entries()) {
      const file = folder.write(`jobs-${i}.csv`, jobsExport(sameJobs(count)));
      await ingestFiles(ledger, [file], { chunkBytes: 20_000 });
    }
    expect(problemsOf(ledger)).toEqual([]);
  });

  it('without jobs', async () => {
    using folder = new TempFolder();
    await makeEmptyLedger(folder.file('ledger.db'));
    expect(problemsOf(folder.file('ledger.db'))).toEqual([]);
  });

  it('after jobs took newer values, and other names', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS))]);
    const newer = EXAMPLE_JOBS.map((job) => ({ ...job, Account: 'NUMB0009', Queue: 'gpu' }));
    const file = folder.write('newer.csv', jobsExport(newer));
    await ingestFiles(ledger, [file], { upsert: true });
    expect(queryColumn(ledger, 'SELECT count(DISTINCT account_id) FROM jobs')).toEqual([1]);
    expect(problemsOf(ledger)).toEqual([]);
  });

  it('while an ingest is interrupted, and after it was run again', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await makeEmptyLedger(ledger);
    const file = folder.write('jobs.csv', JOBS);
    const stop = new AbortController();
    const request = { chunkBytes: 20_000, signal: stop.signal };
    await failureOf(
      ingestFiles(ledger, [file], request, () => stop.abort(new Interruption('SIGTERM'))),
    );
    expect(queryColumn(ledger, 'SELECT count(*) > 0 FROM stale_days')).toEqual([1]);
    expect(problemsOf(ledger)).toEqual([]);
    await ingestFiles(ledger, [file]);
    expect(queryColumn(ledger, 'SELECT count(*) FROM jobs')).toEqual([1200]);
    expect(problemsOf(ledger)).toEqual([]);
  });

  it('after rejects have become jobs', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const skippedHour = { 'Job Start': '2026-03-08 02:30:00', 'Job End': '2026-03-08 04:00:00' };
    const jobs = [...sameJobs(20), { 'Job ID': '7.s', ...skippedHour }];
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(jobs))]);
    const { jobs: retried } = await retryRejects({
      ledgerPath: ledger,
      machine: presetMachine('derecho'),
      readAs: { timeUnit: 'h' },
      sourceZone: 'UTC',
      waitSeconds: 0,
      version: '0.0.0-test',
    });
    expect(retried).toBe(1);
    expect(problemsOf(ledger)).toEqual([]);
  });
});

describe('options', () => {
  it('names every check, in the same order whatever is asked', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS))]);
    const all = verified(ledger).checks;
    const quick = verified(ledger, { quick: true, charges: 2 }).checks;
    expect(quick).toEqual(all);
    expect(all.every(({ mend }) => mend === null)).toBe(true);
  });

  it('compares with a configuration where there is one', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS))]);
    const derecho = presetMachine('derecho');
    const siteOf = (machine: typeof derecho): Site => ({
      machines: new Map([[machine.name, machine]]),
      origin: 'site.toml',
    });
    const casper = presetMachine('casper');
    expect(problemsOf(ledger, { site: siteOf(derecho) })).toEqual([]);
    expect(problemsOf(ledger, { site: siteOf(casper) })).toEqual([
      'configuration: site.toml has no machine derecho',
    ]);
    const other = { ...derecho, timeZone: 'UTC', charging: casper.charging };
    expect(problemsOf(ledger, { site: siteOf(other) })).toEqual([
      'configuration: days are cut in America/Denver, site.toml says UTC',
      expect.stringMatching(
        /^configuration: 5 charges are by other rules than those of site\.toml, /,
      ),
    ]);
  });
});
