import {
  chmodSync,
  linkSync,
  lstatSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { digestLedger } from '../../src/ledger/sqlite/ledger-digest.ts';
import { closeLedger, openForReading } from '../../src/ledger/sqlite/open-ledger.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerContent, ledgerJobs } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { alterDatabase, queryColumn, queryLedger } from '../support/query-ledger.ts';
import { rebuildFromFiles } from '../support/rebuild-files.ts';
import { TempFolder } from '../support/temp-folder.ts';

const BACKUP = /^ledger\.db\.\d{4}-\d\d-\d\dT\d{6}Z\.bak$/;

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

describe('who has the old ledger open', () => {
  it('goes on with it, and who opens it after the swap has the new one', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    const reader = new Database(ledger, { readonly: true });
    const commands = reader.prepare('SELECT count(*) FROM runs').pluck();
    expect(commands.get()).toBe(2);
    await rebuildFromFiles(ledger, files);
    expect(commands.get()).toBe(2);
    reader.close();
    expect(queryColumn(ledger, 'SELECT count(*) FROM runs')).toEqual([1]);
  });

  it('with its log keeps it in service until it lets go', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    const reader = readerWithLog(ledger);
    const failure = await failureOf(rebuildFromFiles(ledger, files));
    expect(failure).toMatchObject({ code: 'busy' });
    expect(failure.message).toContain('Nothing was changed. Close that program');
    expect(backups(folder)).toEqual([]);
    expect(reader.prepare('SELECT count(*) FROM runs').pluck().get()).toBe(2);
    reader.close();
    expect((await rebuildFromFiles(ledger, files)).outcome).toBe('in service');
  });

  it('is not mistaken for who was killed: a log that is left is folded into the backup', async () => {
    using folder = new TempFolder();
    const { ledger, files } = await grownLedger(folder);
    await rebuildFromFiles(ledger, files);
    leaveLog(ledger, "UPDATE runs SET error = 'in the log'");
    const { backup } = await rebuildFromFiles(ledger, files);
    expect(queryColumn(String(backup), 'SELECT error FROM runs')).toEqual(['in the log']);
    expect(queryColumn(ledger, 'SELECT error FROM runs')).toEqual([null]);
    expect(otherNames(folder)).toEqual(['ledger.db', 'night1.csv', 'night2.csv.gz']);
  });
});

/** Two nights, the second compressed, that tell one job both. */
async function grownLedger(folder: TempFolder): Promise<{ ledger: string; files: string[] }> {
  const ledger = folder.file('ledger.db');
  const files = [
    folder.write('night1.csv', jobsExport(EXAMPLE_JOBS.slice(0, 3))),
    folder.write('night2.csv.gz', gzipSync(jobsExport(EXAMPLE_JOBS.slice(2)))),
  ];
  for (const file of files) await ingestFiles(ledger, [file]);
  return { ledger, files };
}

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

function digestOf(ledger: string): ReturnType<typeof digestLedger> {
  const db = openForReading(ledger);
  try {
    return digestLedger(db);
  } finally {
    closeLedger(db);
  }
}

function backups(folder: TempFolder): string[] {
  return folder.names().filter((name) => BACKUP.test(name));
}

function otherNames(folder: TempFolder): string[] {
  return folder.names().filter((name) => !BACKUP.test(name));
}

/** As one that was opened while an ingest was at work and is still there. */
function readerWithLog(ledger: string): Database.Database {
  alterDatabase(ledger, 'PRAGMA journal_mode = WAL');
  const reader = new Database(ledger, { readonly: true });
  reader.prepare('SELECT count(*) FROM jobs').get();
  return reader;
}

/** Leaves what a writer leaves that is killed between its last transaction and the next checkpoint. */
function leaveLog(ledger: string, sql: string): void {
  const writer = new Database(ledger);
  writer.pragma('journal_mode = WAL');
  writer.pragma('wal_autocheckpoint = 0');
  writer.exec(sql);
  const log = readFileSync(`${ledger}-wal`);
  const file = readFileSync(ledger);
  writer.close();
  writeFileSync(ledger, file);
  writeFileSync(`${ledger}-wal`, log);
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
