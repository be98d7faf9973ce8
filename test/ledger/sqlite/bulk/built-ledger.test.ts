import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IngestResult } from '../../../../pipelines/ingest.ts';
import { ingestFiles, makeEmptyLedger } from '../../../support/ingest-files.ts';
import { type JobFields, jobsExport } from '../../../support/jobs-export.ts';
import { ledgerContent, ledgerJobs } from '../../../support/ledger-content.ts';
import { ledgerFaults } from '../../../support/ledger-faults.ts';
import {
  alterDatabase,
  queryColumn,
  queryLedger,
  type Row,
} from '../../../support/query-ledger.ts';
import { TempFolder } from '../../../support/temp-folder.ts';
import { propertyRuns } from './property-runs.ts';
import { exportsOf, exportsShapes } from './random-exports.ts';

describe('a ledger that ingest builds', () => {
  const { numRuns, timeoutMs } = propertyRuns(5);

  it(
    'is the one that it fills by statements, whatever files, chunks and threads',
    async () => {
      using folder = new TempFolder();
      const empty = folder.file('empty.db');
      await makeEmptyLedger(empty);
      await fc.assert(
        fc.asyncProperty(exportsShapes(), async (shape) => {
          const { chunkBytes, threads } = shape;
          using folder = new TempFolder();
          const files = exportsOf(shape).map((text, i) => folder.write(`${i}.csv`, text));
          const [built, grown] = [folder.file('built.db'), folder.file('grown.db')];
          copyFileSync(empty, grown);
          const request = { chunkBytes, readers: { threads } };
          const resultOfBuilt = await ingestFiles(built, files, request);
          const resultOfGrown = await ingestFiles(grown, files, request);
          expect(ledgerContent(built)).toEqual(ledgerContent(grown));
          expect(journalOf(built, files)).toEqual(journalOf(grown, files));
          expect(countsOf(resultOfBuilt)).toEqual(countsOf(resultOfGrown));
          expect(faultsOfSqlite(built)).toEqual(['ok']);
        }),
        { numRuns },
      );
    },
    timeoutMs * 10,
  );

  it('has a job that comes again in its chunk, another chunk or another file once, as it came first', async () => {
    using folder = new TempFolder();
    const jobs = (file: string, first: number, last: number): JobFields[] =>
      Array.from({ length: last - first + 1 }, (_, i) => job(first + i, { 'Job Name': file }));
    const files = [
      folder.write(
        'a.csv',
        jobsExport([...jobs('a', 1, 40), job(40, { User: 'ghost' }), ...jobs('a again', 1, 3)]),
      ),
      folder.write('b.csv', jobsExport([...jobs('b', 30, 60), ...jobs('b again', 60, 60)])),
      folder.write('c.csv', jobsExport(jobs('c', 1, 60))),
    ];
    const ledger = folder.file('ledger.db');
    const { totals, files: results } = await ingestFiles(ledger, files, { chunkBytes: 1500 });
    expect(totals).toMatchObject({ lines: 44 + 32 + 60, jobs: 60, duplicates: 4 + 12 + 60 });
    expect(results.map(({ counts }) => [counts.jobs, counts.duplicates])).toEqual([
      [40, 4],
      [20, 12],
      [0, 60],
    ]);
    expect(journalOf(ledger, files).map(({ jobs, duplicates }) => [jobs, duplicates])).toEqual([
      [40, 4],
      [20, 12],
      [0, 60],
    ]);
    const names = ledgerJobs(ledger).map(({ job_id, name, line, user }) => [
      job_id,
      name,
      line,
      user,
    ]);
    expect(
      new Set(names.map(([id, ...values]) => [Number.parseInt(String(id), 10), ...values].join())),
    ).toEqual(
      new Set([
        ...Array.from({ length: 40 }, (_, i) => `${i + 1},a,${i + 2},ada`),
        ...Array.from({ length: 20 }, (_, i) => `${i + 41},b,${i + 13},ada`),
      ]),
    );
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it.each([
    ['a file has jobs twice', jobsExport([1, 2, 3, 2, 3].map((number) => job(number)))],
    ['a file has a header alone', jobsExport([])],
  ])('has the journal of one that is filled by statements, where %s', async (_, text) => {
    using folder = new TempFolder();
    const [built, grown] = [folder.file('built.db'), folder.file('grown.db')];
    const file = folder.write('jobs.csv', text);
    await makeEmptyLedger(grown);
    const resultOfBuilt = await ingestFiles(built, [file]);
    const resultOfGrown = await ingestFiles(grown, [file]);
    expect(journalOf(built, [file])).toEqual(journalOf(grown, [file]));
    expect(countsOf(resultOfBuilt)).toEqual(countsOf(resultOfGrown));
  });

  it('takes a nightly ingest, deletions, and all that SQLite does to a database', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const nights = [0, 1, 2].map((night) =>
      folder.write(`${night}.csv`, jobsExport(jobsOfNight(night))),
    );
    await ingestFiles(ledger, [nights[0]], { chunkBytes: 100_000 });
    expect(ledgerFaults(ledger)).toEqual([]);
    await ingestFiles(ledger, [nights[0], nights[1]]);
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(queryColumn(ledger, 'SELECT count(*) FROM jobs')).toEqual([4000]);

    alterDatabase(ledger, 'PRAGMA foreign_keys = ON; DELETE FROM jobs WHERE id % 3 = 0');
    expect(queryColumn(ledger, 'SELECT count(*) FROM job_charges')).toEqual([2667]);
    expect(faultsOfSqlite(ledger)).toEqual(['ok']);

    for (const maintenance of ['VACUUM', 'ANALYZE', 'REINDEX', 'PRAGMA optimize']) {
      alterDatabase(ledger, maintenance);
      expect(faultsOfSqlite(ledger), maintenance).toEqual(['ok']);
    }

    const { totals } = await ingestFiles(ledger, nights, { force: true });
    expect(totals).toMatchObject({ jobs: 3333, duplicates: 2667 });
    expect(ledgerFaults(ledger)).toEqual([]);
    const whole = folder.file('whole.db');
    await ingestFiles(whole, nights);
    expect(withoutLedger(ledgerContent(ledger))).toEqual(withoutLedger(ledgerContent(whole)));
  });

  it('can be deleted from until nothing is left, and filled again', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport(jobsOfNight(0)));
    await ingestFiles(ledger, [file]);
    alterDatabase(ledger, 'PRAGMA foreign_keys = ON; DELETE FROM jobs; DELETE FROM daily_summary');
    expect(queryColumn(ledger, 'SELECT count(*) FROM job_charges')).toEqual([0]);
    expect(faultsOfSqlite(ledger)).toEqual(['ok']);
    await ingestFiles(ledger, [file], { force: true });
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(queryColumn(ledger, 'SELECT count(*) FROM jobs')).toEqual([2000]);
  });

  it('is given back as it was by a transaction that is rolled back', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(jobsOfNight(0)))]);
    const before = ledgerContent(ledger);
    alterDatabase(
      ledger,
      'BEGIN; DELETE FROM jobs WHERE id > 100; UPDATE jobs SET "end" = 7; ROLLBACK',
    );
    expect(ledgerContent(ledger)).toEqual(before);
    expect(faultsOfSqlite(ledger)).toEqual(['ok']);
  });

  it.skipIf(!shellKnowsStrictTables())('opens in the sqlite3 shell', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(jobsOfNight(0)))]);
    const { stdout, stderr } = spawnSync(
      'sqlite3',
      [
        ledger,
        'PRAGMA integrity_check',
        'PRAGMA foreign_key_check',
        'SELECT count(*) FROM jobs',
        'SELECT count(*) FROM v_jobs_charged',
      ],
      { encoding: 'utf8' },
    );
    expect({ stdout, stderr }).toEqual({ stdout: 'ok\n2000\n2000\n', stderr: '' });
  });
});

function job(number: number, fields: JobFields = {}): JobFields {
  return { 'Job ID': `${number}.sched1`, ...fields };
}

/** Two thousand jobs, of which each night has its own. */
function jobsOfNight(night: number): JobFields[] {
  return Array.from({ length: 2000 }, (_, i) =>
    job(night * 2000 + i, {
      User: `user${i % 37}`,
      Account: `NUMB00${10 + (i % 11)}`,
      Queue: ['cpu', 'gpu', 'cpudev'][i % 3],
      'Job Name': 'n'.repeat(i % 400 === 0 ? 9000 : i % 30),
      'Job Start': `2026-01-${16 + night} 1${i % 10}:00:00`,
      'Job End': `2026-01-${16 + night} 1${i % 10}:30:00`,
    }),
  );
}

/** What the journal knows of these files. */
function journalOf(ledger: string, files: readonly string[]): Row[] {
  const marks = files.map(() => '?').join();
  return queryLedger(
    ledger,
    `SELECT path, size_bytes, format, committed_offset, lines, jobs, duplicates, rejects, skipped_lines
     FROM v_source_files WHERE path IN (${marks}) ORDER BY path`,
    ...files,
  );
}

function countsOf({ files, totals, days }: IngestResult): unknown {
  return { files: files.map(({ path, counts }) => ({ path, ...counts })), totals, days };
}

/** Where a job was read from may differ between a ledger that grew and a whole one. */
function withoutLedger(content: ReturnType<typeof ledgerContent>): unknown {
  return { ...content, jobs: content.jobs.map(({ file: _file, line: _line, ...job }) => job) };
}

function faultsOfSqlite(ledger: string): unknown[] {
  const db = new Database(ledger);
  try {
    const orphans = db.prepare('PRAGMA foreign_key_check').all();
    return [...db.prepare('PRAGMA integrity_check').pluck().all(), ...orphans];
  } finally {
    db.close();
  }
}

/** STRICT tables came with SQLite 3.37. */
function shellKnowsStrictTables(): boolean {
  const { stdout } = spawnSync('sqlite3', ['--version'], { encoding: 'utf8' });
  const [, minor] = /^3\.(\d+)/.exec(stdout ?? '') ?? [];
  return Number(minor ?? 0) >= 37;
}
