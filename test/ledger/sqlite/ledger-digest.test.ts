import { copyFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { CONTENT_PASSES, passSql } from '../../../src/ledger/sqlite/content-passes.ts';
import { ledgerDifferences } from '../../../src/ledger/sqlite/ledger-differences.ts';
import { type ContentDigests, digestLedger } from '../../../src/ledger/sqlite/ledger-digest.ts';
import { closeLedger, openForReading } from '../../../src/ledger/sqlite/open-ledger.ts';
import { ingestFiles, makeEmptyLedger } from '../../support/ingest-files.ts';
import { type JobFields, jobsExport } from '../../support/jobs-export.ts';
import { presetMachine } from '../../support/preset-machine.ts';
import { alterDatabase, queryColumn, queryLedger } from '../../support/query-ledger.ts';
import { sameJobs } from '../../support/same-jobs.ts';
import { TempFolder } from '../../support/temp-folder.ts';

const JOBS = sameJobs(60);
const BACKWARDS = [...JOBS].reverse();

describe('the digest of a ledger', () => {
  it('is the same however its jobs came in', async () => {
    using folder = new TempFolder();
    const write = (name: string, jobs: readonly JobFields[]): string =>
      folder.write(name, jobsExport(jobs));
    const built = folder.file('built.db');
    await ingestFiles(built, [write('all.csv', JOBS)]);
    const expected = digestOf(built);
    expect(expected.tables.map(({ table, rows }) => [table, rows])).toEqual([
      ['ledger', 1],
      ['jobs', 60],
      ['job_charges', 60],
      ['daily_summary', queryColumn(built, 'SELECT count(*) FROM daily_summary')[0]],
    ]);

    const parts = [JOBS.slice(40), JOBS.slice(0, 25), JOBS.slice(20, 45)];
    const files = parts.map((jobs, i) => write(`${i}.csv`, jobs));
    const fromParts = folder.file('from-parts.db');
    await ingestFiles(fromParts, files, { chunkBytes: 1000 });
    expect(digestOf(fromParts)).toEqual(expected);

    const fromStatements = folder.file('from-statements.db');
    await makeEmptyLedger(fromStatements);
    await ingestFiles(fromStatements, [write('backwards.csv', BACKWARDS)]);
    expect(digestOf(fromStatements)).toEqual(expected);

    const grown = folder.file('grown.db');
    for (const file of files) {
      await ingestFiles(grown, [file]);
      await ingestFiles(grown, [file]);
    }
    expect(digestOf(grown)).toEqual(expected);
    expect(digestOf(grown)).toEqual(expected);
  });

  it('is the same when an ingest was interrupted and ran again', async () => {
    using folder = new TempFolder();
    const file = folder.write('all.csv', jobsExport(JOBS));
    const [whole, resumed] = [folder.file('whole.db'), folder.file('resumed.db')];
    await ingestFiles(whole, [file]);
    await makeEmptyLedger(resumed);
    const interrupted = ingestFiles(resumed, [file], { chunkBytes: 2000 }, () => {
      if (queryColumn(resumed, 'SELECT count(*) FROM jobs')[0] !== 0) throw new Error('no more');
    });
    await expect(interrupted).rejects.toThrow('no more');
    const [, jobs] = digestOf(resumed).tables;
    expect(jobs.rows).toBeGreaterThan(0);
    expect(jobs.rows).toBeLessThan(60);
    await ingestFiles(resumed, [file]);
    expect(digestOf(resumed)).toEqual(digestOf(whole));
  });

  it('is another for any column of a row, and that is a difference', async () => {
    using folder = new TempFolder();
    const [ledger, altered] = [folder.file('ledger.db'), folder.file('altered.db')];
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(JOBS))]);
    const original = digestOf(ledger);
    const digests = new Set([original.digest]);
    for (const { table, column, type } of contentColumns(ledger)) {
      const other = type === 'TEXT' ? `'x' || coalesce("${column}", '')` : `"${column}" + 1`;
      copyFileSync(ledger, altered);
      alterDatabase(
        altered,
        `PRAGMA foreign_keys = OFF;
         UPDATE ${table} SET "${column}" = coalesce(${other}, 0) WHERE ${ONE_ROW[table]}`,
      );
      const { digest, tables } = digestOf(altered);
      expect(digests, `${table}.${column}`).not.toContain(digest);
      digests.add(digest);
      const changed = tables.filter((_, i) => tables[i].digest !== original.tables[i].digest);
      expect(changed.map(({ table }) => table)).toContain(table);
      const differences = reading(ledger, (a) =>
        reading(altered, (b) => [...ledgerDifferences(a, b)]),
      );
      expect(differences.map(({ table }) => table)).toContain(table);
    }
    expect(digests.size).toBeGreaterThan(45);
  });

  it.each([
    ['NULL and not 0', 'UPDATE jobs SET numgpus = NULL', 'UPDATE jobs SET numgpus = 0'],
    ['NULL and not empty', 'UPDATE jobs SET name = NULL', "UPDATE jobs SET name = ''"],
    [
      'the last bit of a sum',
      'UPDATE daily_summary SET cpu_hours = 0.1 + 0.2',
      'UPDATE daily_summary SET cpu_hours = 0.3',
    ],
    [
      'whose a job is',
      '',
      `UPDATE users SET username = '?' WHERE username = 'ada';
       UPDATE users SET username = 'ada' WHERE username = 'bob';
       UPDATE users SET username = 'bob' WHERE username = '?'`,
    ],
    ['that a charge is missing', '', 'DELETE FROM job_charges WHERE job_id = 1'],
    ['that a job is missing', '', 'DELETE FROM jobs WHERE id = 1'],
    ['the rules of a charge', '', "UPDATE charge_rule_sets SET hash = 'other'"],
    ['the machine', '', "UPDATE ledger SET machine = 'other'"],
  ])('tells %s', async (_, before, after) => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(JOBS))]);
    alterDatabase(ledger, before);
    const { digest } = digestOf(ledger);
    alterDatabase(ledger, after);
    expect(digestOf(ledger).digest).not.toBe(digest);
  });

  it('knows nothing of ids, the journal and names that no job has', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(JOBS))]);
    const expected = digestOf(ledger);
    alterDatabase(
      ledger,
      `PRAGMA foreign_keys = OFF;
       UPDATE jobs SET id = 1000 - id, line = line + 7, run_id = 9, file_id = 9;
       UPDATE job_charges SET job_id = 1000 - job_id, charge_version = 5;
       UPDATE charge_rule_sets SET version = 5, reason = 'another';
       UPDATE users SET id = id + 50;
       UPDATE jobs SET user_id = user_id + 50;
       UPDATE daily_summary SET user_id = user_id + 50;
       INSERT INTO users (username) VALUES ('nobody');
       DELETE FROM runs;
       DELETE FROM source_files;`,
    );
    expect(digestOf(ledger)).toEqual(expected);
  });

  it('differs for the same jobs on another machine', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(JOBS));
    const digests = [];
    for (const name of ['derecho', 'casper']) {
      const ledger = folder.file(`${name}.db`);
      await ingestFiles(ledger, [file], { machine: presetMachine(name) });
      digests.push(digestOf(ledger));
    }
    expect(digests[0].digest).not.toBe(digests[1].digest);
  });
});

describe('the walk through a ledger by key', () => {
  it('sorts no more than the summary of a day', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await makeEmptyLedger(ledger);
    const sorts = CONTENT_PASSES.map((pass) =>
      queryLedger(ledger, `EXPLAIN QUERY PLAN ${passSql(pass, 'byKey')}`)
        .map(({ detail }) => String(detail))
        .filter((detail) => detail.includes('TEMP B-TREE')),
    );
    expect(sorts).toEqual([[], [], ['USE TEMP B-TREE FOR LAST 3 TERMS OF ORDER BY']]);
  });
});

function digestOf(path: string): ContentDigests {
  return reading(path, digestLedger);
}

function reading<Answer>(path: string, read: (db: Database.Database) => Answer): Answer {
  const db = openForReading(path);
  try {
    return read(db);
  } finally {
    closeLedger(db);
  }
}

const ONE_ROW: Readonly<Record<string, string>> = {
  ledger: 'id = 1',
  jobs: 'id = 7',
  job_charges: 'job_id = 7',
  daily_summary: `date = '2026-01-15' AND user_id = 1 AND account_id = 1 AND queue_id = 1`,
};

/** Every column of the schema that is neither the id of its row nor the place it came from. */
function contentColumns(path: string): { table: string; column: string; type: string }[] {
  const others: Readonly<Record<string, string[]>> = {
    ledger: ['id'],
    jobs: ['id', 'run_id', 'file_id', 'line'],
    job_charges: ['job_id'],
    daily_summary: [],
  };
  return Object.entries(others).flatMap(([table, names]) =>
    queryLedger(path, `SELECT name, type FROM pragma_table_info('${table}')`)
      .map(({ name, type }) => ({ table, column: String(name), type: String(type) }))
      .filter(({ column }) => !names.includes(column)),
  );
}
