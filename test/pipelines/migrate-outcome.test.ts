import { createHash } from 'node:crypto';
import { readFileSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planMigration } from '../../pipelines/plan-migration.ts';
import { LedgerError } from '../../src/ledger/ledger-error.ts';
import { failureOf } from '../support/failure-of.ts';
import { migrated } from '../support/migrated.ts';
import { makeOldDatabase, OLD_ROW, oldRows } from '../support/old-databases.ts';
import { alterDatabase, queryColumn, queryLedger } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { withoutWriteAccess } from '../support/without-write-access.ts';
import { problemsOf } from '../upkeep/verify/verified-ledger.ts';

describe('what a migration leaves', () => {
  it('is a run of the journal with the old database as its one source', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(folder.file('old.db'), 'old-denormalised', oldRows({}, {}));
    await migrated(old, folder.file('new.db'));
    expect(
      queryLedger(
        folder.file('new.db'),
        `SELECT command, status, path, format, jobs, lines, complete
         FROM runs, v_source_files WHERE runs.id = last_run_id`,
      ),
    ).toEqual([
      {
        command: 'migrate',
        status: 'complete',
        path: old,
        format: 'old-database',
        jobs: 2,
        lines: 2,
        complete: 1,
      },
    ]);
  });

  it('is a ledger in which nothing is wrong, with the facts of its jobs', async () => {
    using folder = new TempFolder();
    const unknown = oldRows(
      {},
      { start: null },
      { eligible: null, numnodes: null },
      { status: '0' },
    );
    const old = makeOldDatabase(folder.file('old.db'), 'old-denormalised', unknown);
    await migrated(old, folder.file('new.db'));
    expect(queryColumn(folder.file('new.db'), 'SELECT jobs FROM fact_segments')).toEqual([4]);
    expect(problemsOf(folder.file('new.db'))).toEqual([]);
  });

  it.each(['DELETE', 'WAL'])('is the old database as it was, with the journal %s', async (mode) => {
    using folder = new TempFolder();
    using out = new TempFolder();
    const old = makeOldDatabase(folder.file('old.db'), 'old-normalised', oldRows({}, {}));
    alterDatabase(old, `PRAGMA journal_mode = ${mode}`);
    const before = digest(old);
    // Nothing may be written beside it.
    const plan = withoutWriteAccess(folder.path, () => planMigration(old));
    expect(plan).toMatchObject({ rows: 2, users: 1, firstDay: '2026-01-31' });
    expect(folder.names()).toEqual(['old.db']);
    await migrated(old, out.file('new.db'));
    expect(digest(old)).toBe(before);
    expect(out.names()).toEqual(['new.db']);
  });

  it('is no ledger where jobs have other hours than before, unless that is allowed', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(folder.file('old.db'), 'old-normalised', oldRows({}, {}, {}));
    alterDatabase(
      old,
      `UPDATE job_charges SET cpu_hours = cpu_hours + 0.009 WHERE job_id = 1;
       UPDATE job_charges SET cpu_hours = cpu_hours + 0.011 WHERE job_id = 2;
       DELETE FROM job_charges WHERE job_id = 3;`,
    );
    const refused = await migrated(old, folder.file('new.db'));
    expect(refused.outcome).toBe('refused');
    expect(refused.hours).toMatchObject({
      queues: [{ queue: 'cpu', jobs: 3, missing: 1, differing: 1 }],
      examples: [{ jobId: '101.desched1', measure: 'cpu_hours', newHours: 512 }],
    });
    expect(folder.names()).toEqual(['old.db']);
    const allowed = await migrated(old, folder.file('new.db'), { allowDifferences: true });
    expect(allowed.outcome).toBe('in service');
    expect(folder.names()).toEqual(['new.db', 'old.db']);
  });

  it('is a ledger where a symbolic link leads that was there before it', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(folder.file('old.db'), 'old-normalised', [OLD_ROW]);
    symlinkSync('there/new.db', folder.file('new.db'));
    expect((await migrated(old, folder.file('new.db'))).outcome).toBe('in service');
    expect(folder.names('there')).toEqual(['new.db']);
  });

  it('is nothing where a file is there already', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(folder.file('old.db'), 'old-normalised', oldRows({}));
    const there = folder.write('new.db', 'mine');
    const problem = await failureOf(migrated(old, there));
    expect(problem).toBeInstanceOf(LedgerError);
    expect(String(problem)).toMatch(/there is a file already, and a migration makes a new ledger/);
    expect(readFileSync(there, 'utf8')).toBe('mine');
  });

  it('is nothing where the old database changes meanwhile', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(folder.file('old.db'), 'old-normalised', oldRows({}, {}));
    const changing = migrated(old, folder.file('new.db'), {}, () =>
      alterDatabase(old, "UPDATE jobs SET name = 'other'"),
    );
    expect(String(await failureOf(changing))).toMatch(/another program has changed it/);
    expect(folder.names()).toEqual(['old.db']);
  });

  it('tells how long the standard queries take on both', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(folder.file('old.db'), 'old-denormalised', oldRows({}, {}));
    const { queries } = await migrated(old, folder.file('new.db'), { queryRounds: 1 });
    expect(queries.map(({ query, days }) => `${query} ${days}`)).toEqual(
      [30, 365].flatMap((days) =>
        ['usage by user', 'usage by account', 'job sizes', 'waits', 'usage history'].map(
          (query) => `${query} ${days}`,
        ),
      ),
    );
  });
});

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
