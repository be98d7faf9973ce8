import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerJobs } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { queryColumn } from '../support/query-ledger.ts';
import { rebuildFromFiles } from '../support/rebuild-files.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { backups, grownLedger, otherNames } from './grown-ledger.ts';

describe('a rebuild that would lose jobs', () => {
  it('is refused and says which; with leave to, it is made', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    const before = readFileSync(ledger);
    const refused = await rebuildFromFiles(ledger, files.slice(0, 1));
    expect(refused).toMatchObject({ outcome: 'refused', backup: null });
    expect(refused.comparison).toMatchObject({
      gainedJobs: 0,
      lost: {
        jobs: 2,
        files: [{ path: files[1], jobs: 2 }],
        examples: [
          { jobId: '104.desched1', user: 'ada', queue: 'cpudev', path: files[1], line: 3 },
          { jobId: '105.desched1', user: 'carl', queue: 'jhublogin', path: files[1], line: 4 },
        ],
      },
    });
    expect(readFileSync(ledger).equals(before)).toBe(true);
    expect(backups(folder)).toEqual([]);
    const allowed = await rebuildFromFiles(ledger, files.slice(0, 1), { allowLoss: true });
    expect(allowed.outcome).toBe('in service');
    expect(ledgerJobs(ledger)).toHaveLength(3);
  });

  it('is refused though it has more jobs, and counts those of the same id by their submission', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const job = { 'Job ID': '7.desched1', 'Job Submit': '2026-01-01 08:00:00' };
    await ingestFiles(ledger, [folder.write('old.csv', jobsExport([job]))]);
    const later = { ...job, 'Job Submit': '2026-01-01 08:00:01' };
    const file = folder.write('new.csv', jobsExport([...EXAMPLE_JOBS, later]));
    const { outcome, comparison } = await rebuildFromFiles(ledger, [file]);
    expect(outcome).toBe('refused');
    expect(comparison).toMatchObject({ gainedJobs: 6, lost: { jobs: 1 } });
  });

  it('as the old ledger is too damaged to be compared is refused, or made with leave to', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    damageIndex(ledger);
    const refused = await rebuildFromFiles(ledger, files);
    expect(refused).toMatchObject({ outcome: 'refused', comparison: null });
    expect(refused.incomparable).toMatch(/^the old ledger is damaged/);
    await rebuildFromFiles(ledger, files, { allowLoss: true });
    expect(ledgerFaults(ledger)).toEqual([]);
  });
});

describe('the ledger in service stays untouched', () => {
  it('by a dry run, which compares and leaves nothing', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    const before = readFileSync(ledger);
    const { outcome, comparison, checks } = await rebuildFromFiles(ledger, files, { dryRun: true });
    expect(outcome).toBe('compared');
    expect(comparison?.lost.jobs).toBe(0);
    expect(checks).not.toEqual([]);
    expect(readFileSync(ledger).equals(before)).toBe(true);
    expect(otherNames(folder)).toEqual(['ledger.db', 'night1.csv', 'night2.csv.gz']);
  });

  it('where a worker fails', async () => {
    await expectUntouched('failing-worker.ts', /the reader broke/);
  });

  it('where the new one does not pass its checks', async () => {
    await expectUntouched('overcharging-worker.ts', /did not pass its checks.* charges: /);
  });

  it('where it is that of another machine', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    const before = readFileSync(ledger);
    const machine = presetMachine('casper');
    const failure = await failureOf(rebuildFromFiles(ledger, files, { machine }));
    expect(failure).toMatchObject({ code: 'other-machine' });
    expect(failure.message).toContain('the ledger of derecho, not of casper');
    expect(readFileSync(ledger).equals(before)).toBe(true);
    expect(otherNames(folder)).toEqual(['ledger.db', 'night1.csv', 'night2.csv.gz']);
  });

  it('where it is no ledger at all', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const other = folder.write('notes.txt', 'buy milk\n'.repeat(100));
    const failure = await failureOf(rebuildFromFiles(other, [file]));
    expect(failure).toMatchObject({ code: 'foreign' });
    expect(folder.names()).toEqual(['jobs.csv', 'notes.txt']);
  });
});

async function expectUntouched(worker: string, message: RegExp): Promise<void> {
  using folder = new TempFolder();
  const { ledger, files } = await grownLedger(folder);
  const broken = folder.write('broken.csv', jobsExport([{ 'Job Name': 'break-the-reader' }]));
  const before = readFileSync(ledger);
  const workerFile = new URL(`../fixtures/${worker}`, import.meta.url);
  const failure = await failureOf(
    rebuildFromFiles(ledger, [...files, broken], { readers: { threads: 1, workerFile } }),
  );
  expect(failure.message).toMatch(message);
  expect(readFileSync(ledger).equals(before)).toBe(true);
  expect(otherNames(folder)).toEqual(['broken.csv', 'ledger.db', 'night1.csv', 'night2.csv.gz']);
  expect(backups(folder)).toEqual([]);
}

/** Makes the walk through the unique index of the jobs fail, and nothing that is asked before it. */
function damageIndex(ledger: string): void {
  const [root] = queryColumn(
    ledger,
    "SELECT rootpage FROM sqlite_schema WHERE name = 'ux_jobs_job_id_submit'",
  );
  const [pageSize] = queryColumn(ledger, 'PRAGMA page_size');
  const file = readFileSync(ledger);
  const at = (Number(root) - 1) * Number(pageSize);
  file.fill(0xff, at, at + Number(pageSize));
  writeFileSync(ledger, file);
}
