import { chmodSync, linkSync, lstatSync, statSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { digestLedger } from '../../src/ledger/sqlite/ledger-digest.ts';
import { closeLedger, openForReading } from '../../src/ledger/sqlite/open-ledger.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerContent, ledgerJobs } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { queryColumn, queryLedger } from '../support/query-ledger.ts';
import { rebuildFromFiles } from '../support/rebuild-files.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { backups, grownLedger, otherNames } from './grown-ledger.ts';

describe('a rebuilt ledger', () => {
  it('has the digest of the one that grew night by night, which is its backup now', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    const grown = digestOf(ledger);
    const { outcome, backup, comparison } = await rebuildFromFiles(ledger, files);
    expect(outcome).toBe('in service');
    expect(digestOf(ledger)).toEqual(grown);
    expect(digestOf(String(backup))).toEqual(grown);
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(comparison?.total.new).toEqual(comparison?.total.old);
    expect(comparison).toMatchObject({ gainedJobs: 0, lost: { jobs: 0, files: [], examples: [] } });
    expect(backups(folder)).toHaveLength(1);
    expect(otherNames(folder)).toEqual(['ledger.db', 'night1.csv', 'night2.csv.gz']);
  });

  it('has a journal of its own: one run, every file from its first line', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    const { runId } = await rebuildFromFiles(ledger, files);
    expect(queryLedger(ledger, 'SELECT id, command, status FROM runs')).toEqual([
      { id: runId, command: 'rebuild', status: 'complete' },
    ]);
    expect(queryColumn(ledger, 'SELECT DISTINCT run_id FROM jobs')).toEqual([runId]);
    expect(queryColumn(ledger, 'SELECT count(*) FROM source_files WHERE complete')).toEqual([2]);
  });

  it('is gone on with by the next ingest, which knows the files', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    await rebuildFromFiles(ledger, files);
    const again = await ingestFiles(ledger, files);
    expect(again.unchanged).toEqual(files);
    const file = folder.write('night3.csv', jobsExport([{ 'Job ID': '999.desched1' }]));
    await ingestFiles(ledger, [file]);
    expect(ledgerJobs(ledger)).toHaveLength(6);
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(otherNames(folder)).not.toContain('ledger.db-wal');
  });

  it('is made where there is none yet, as by an ingest', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', `${jobsExport(EXAMPLE_JOBS)}no job\n`);
    const ledger = folder.file('new/ledger.db');
    const result = await rebuildFromFiles(ledger, [file]);
    await ingestFiles(folder.file('ingested.db'), [file]);
    expect(ledgerContent(ledger)).toEqual(ledgerContent(folder.file('ingested.db')));
    expect(result).toMatchObject({ outcome: 'in service', comparison: null, backup: null });
    expect(folder.names('new')).toEqual(['ledger.db']);
  });

  it('is made where there is an empty file', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const ledger = folder.write('ledger.db', '');
    const { comparison } = await rebuildFromFiles(ledger, [file]);
    expect(comparison).toBeNull();
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(folder.names()).toEqual(['jobs.csv', 'ledger.db']);
  });

  it('keeps the versions of the charge rules, and is charged by the rules of today', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    const before = queryLedger(ledger, 'SELECT * FROM charge_rule_sets');
    const { charging } = presetMachine('casper');
    const machine = { ...presetMachine('derecho'), charging };
    const { comparison } = await rebuildFromFiles(ledger, files, { machine });
    const rules = queryLedger(ledger, 'SELECT * FROM charge_rule_sets ORDER BY version');
    expect(rules).toEqual([...before, expect.objectContaining({ version: 2, reason: 'rebuild' })]);
    expect(queryColumn(ledger, 'SELECT DISTINCT charge_version FROM job_charges')).toEqual([2]);
    expect(comparison?.total).toMatchObject({
      old: { jobs: 5, cpuHours: 584 },
      new: { jobs: 5, cpuHours: 149 },
    });
    await rebuildFromFiles(ledger, files);
    expect(queryColumn(ledger, 'SELECT DISTINCT charge_version FROM job_charges')).toEqual([1]);
  });

  it('may have its days cut in another time zone', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    const machine = { ...presetMachine('derecho'), timeZone: 'UTC' };
    await rebuildFromFiles(ledger, files, { machine, sourceZone: 'America/Denver' });
    expect(queryColumn(ledger, 'SELECT time_zone FROM ledger')).toEqual(['UTC']);
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('may be read and written by who could the old one, under every name', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    chmodSync(ledger, 0o660);
    const name = folder.file('by-another-name.db');
    symlinkSync('ledger.db', name);
    await rebuildFromFiles(name, files);
    expect(statSync(ledger).mode & 0o777).toBe(0o660);
    expect(lstatSync(name).isSymbolicLink()).toBe(true);
    expect(queryColumn(name, 'SELECT command FROM runs')).toEqual(['rebuild']);
    expect(backups(folder)).toHaveLength(1);
  });
});

describe('backups', () => {
  it('remain as many as are to be kept, the newest, and other files are left alone', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    folder.write('ledger.db.my-own.bak', 'mine');
    folder.write('ledger.db.2020-01-01T000000Z.bak', 'the oldest');
    const made = [];
    for (let i = 0; i < 3; i++) {
      made.push((await rebuildFromFiles(ledger, files, { keepBackups: 2 })).backup);
    }
    expect(backups(folder).map((name) => folder.file(name))).toEqual(made.slice(1));
    expect(folder.names()).toContain('ledger.db.my-own.bak');
    expect(ledgerFaults(folder.file(backups(folder)[0]))).toEqual([]);
  });

  it('are none where none is to be kept', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    await rebuildFromFiles(ledger, files);
    const { backup, removedBackups } = await rebuildFromFiles(ledger, files, { keepBackups: 0 });
    expect(backup).toBeNull();
    expect(removedBackups).toHaveLength(1);
    expect(backups(folder)).toEqual([]);
  });

  it.each([
    ['rebuild', rebuildFromFiles],
    ['ingest', ingestFiles],
  ])('that a kill within the swap left half made are removed by the next %s', async (_, next) => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    const half = folder.file('ledger.db.2026-01-01T000000Z.bak');
    linkSync(ledger, half);
    await next(ledger, files, {});
    expect(folder.names()).not.toContain('ledger.db.2026-01-01T000000Z.bak');
    expect(statSync(ledger).nlink).toBe(1);
  });
});

function digestOf(ledger: string): ReturnType<typeof digestLedger> {
  const db = openForReading(ledger);
  try {
    return digestLedger(db);
  } finally {
    closeLedger(db);
  }
}
