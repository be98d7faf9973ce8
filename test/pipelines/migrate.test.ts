import { createHash } from 'node:crypto';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type MigrateRequest, type MigrateResult, migrate } from '../../pipelines/migrate.ts';
import { planMigration } from '../../pipelines/plan-migration.ts';
import { retryRejects } from '../../pipelines/retry-rejects.ts';
import { OLD_DATABASE_FORMATS } from '../../sample-data/old-database/old-database-format.ts';
import { writeOldDatabase } from '../../sample-data/old-database/write-old-database.ts';
import { qhistHistory } from '../../sample-data/qhist-history.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { LedgerError } from '../../src/ledger/ledger-error.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';
import { SourceError } from '../../src/sources/source-error.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { ledgerJobs, ledgerRejects, ledgerSummary } from '../support/ledger-content.ts';
import { makeOldDatabase, OLD_ROW, oldRows } from '../support/old-databases.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { alterDatabase, queryColumn, queryLedger, type Row } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { withoutWriteAccess } from '../support/without-write-access.ts';

describe.each(OLD_DATABASE_FORMATS)('migrating an %s database', (format) => {
  it('takes over every column, in the units of the ledger, and charges anew', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(folder.file('old.db'), format, [OLD_ROW]);
    const { counts, hours } = await migrated(old, folder.file('new.db'));
    expect(counts).toMatchObject({ jobs: 1, duplicates: 0, rejects: 0 });
    expect(hours?.queues).toEqual([
      expect.objectContaining({ queue: 'cpu', jobs: 1, missing: 0, differing: 0, newHours: 514 }),
    ]);
    expect(ledgerJobs(folder.file('new.db'))).toEqual([
      {
        job_id: '6049117[28].desched1',
        short_id: 6049117,
        array_index: 28,
        name: 'größe',
        user: 'ada',
        account: 'NUMB0001',
        queue: 'cpu',
        qos: 'regular',
        status: '271',
        submit: Date.UTC(2026, 0, 31, 20) / 1000,
        queued: null,
        eligible: Date.UTC(2026, 0, 31, 20, 0, 5) / 1000,
        start: Date.UTC(2026, 0, 31, 21) / 1000,
        end: Date.UTC(2026, 0, 31, 23, 0, 30) / 1000,
        elapsed: 7200,
        walltime: 43_200,
        cputime: 900_000,
        eligible_secs: null,
        numcpus: 256,
        numgpus: 0,
        numnodes: 2,
        mpiprocs: 128,
        ompthreads: 1,
        reqmem: 504_658_657_280,
        memory: 1_073_741_824,
        vmemory: 2_147_483_648,
        cputype: 'genoa',
        gputype: null,
        resources: '2:ncpus=128:mpiprocs=128:ompthreads=1',
        ptargets: 'None',
        priority: null,
        cpupercent: 12_800,
        avgcpu: 50.25,
        count: 1,
        line: 1,
        file: old,
        cpu_hours: 512,
        gpu_hours: 0,
        memory_hours: 2,
        qos_factor: 1,
        charge_version: 1,
        incomplete: 0,
      },
    ]);
  });

  it('makes the ledger that an ingest of the same jobs makes, but for what it can not know', async () => {
    using folder = new TempFolder();
    const history = {
      machine: machineProfiles.derecho,
      jobs: 400,
      broken: 0,
      seed: 7,
      firstDay: parseLocalDay('2025-03-08'),
      jobsPerDay: 100,
    };
    writeOldDatabase(format, history, folder.file('old.db'));
    writeFileSync(folder.file('same.csv'), [...qhistHistory(history)].join(''));
    await migrated(folder.file('old.db'), folder.file('new.db'), { rowsAtOnce: 37 });
    await ingestFiles(folder.file('ingested.db'), [folder.file('same.csv')]);
    const jobs = ledgerJobs(folder.file('new.db')).map(withoutOrigin);
    expect(jobs).toHaveLength(400);
    expect(jobs).toEqual(ledgerJobs(folder.file('ingested.db')).map(withoutOrigin));
    expect(ledgerSummary(folder.file('new.db')).map(withoutCharges)).toEqual(
      ledgerSummary(folder.file('ingested.db')).map(withoutCharges),
    );
  });

  it('keeps what is not known as NULL', async () => {
    using folder = new TempFolder();
    const unknown = Object.fromEntries(
      Object.keys(OLD_ROW)
        .filter((name) => !['job_id', 'user', 'queue', 'submit', 'end'].includes(name))
        .map((name) => [name, null]),
    );
    const old = makeOldDatabase(folder.file('old.db'), format, oldRows(unknown));
    const { counts, hours } = await migrated(old, folder.file('new.db'));
    expect(counts).toMatchObject({ jobs: 1, rejects: 0 });
    expect(hours?.queues).toMatchObject([{ differing: 0, missing: 0, newHours: 0 }]);
    expect(ledgerJobs(folder.file('new.db'))).toMatchObject([
      { name: null, account: 'none', start: null, elapsed: null, mpiprocs: null, avgcpu: null },
    ]);
  });

  it('counts the same rows, users, accounts and queues before and after', async () => {
    using folder = new TempFolder();
    const rows = oldRows({ user: 'ada' }, { user: 'bob', queue: 'gpu' }, { account: null });
    const old = makeOldDatabase(folder.file('old.db'), format, rows);
    const { tables } = await migrated(old, folder.file('new.db'));
    expect(tables).toEqual(
      expect.arrayContaining([
        { what: 'jobs', before: 3, after: 3 },
        { what: 'distinct users of jobs', before: 2, after: 2 },
        { what: 'distinct accounts of jobs', before: 2, after: 2 },
        { what: 'distinct queues of jobs', before: 2, after: 2 },
      ]),
    );
  });
});

describe('the rows of an old database', () => {
  it('that can not be jobs become rejects, with their values as JSON under their row id', async () => {
    using folder = new TempFolder();
    const rows = oldRows(
      {},
      { end: '2026-02-30 12:00:00.000000' },
      { submit: null },
      { user: null },
      { job_id: 'none' },
      { end: '2026-01-31 19:00:00.000000', start: null },
      { elapsed: -5 },
      { name: 'a\tb' },
      { memory: 'much' },
      { queue: Buffer.from([0xff]) },
      {},
    );
    const old = makeOldDatabase(folder.file('old.db'), 'old-denormalised', rows);
    const { counts, rejects } = await migrated(old, folder.file('new.db'));
    expect(counts).toMatchObject({ lines: 11, jobs: 2, rejects: 9 });
    expect(rejects.reduce((sum, { count }) => sum + count, 0)).toBe(9);
    const kept = ledgerRejects(folder.file('new.db'));
    expect(kept.map(({ line, code }) => [line, code])).toEqual([
      [2, 'bad-time'],
      [3, 'missing-value'],
      [4, 'missing-value'],
      [5, 'bad-job-id'],
      [6, 'end-before-start'],
      [7, 'bad-number'],
      [8, 'control-character'],
      [9, 'bad-number'],
      [10, 'bad-encoding'],
    ]);
    expect(kept[0]).toMatchObject({
      byte_offset: 2,
      reason: '"end" is "2026-02-30 12:00:00.000000", not a time such as 2026-01-31 23:59:59',
    });
    expect(JSON.parse(String(kept[0].raw_text))).toMatchObject({
      rowid: 2,
      job_id: '101.desched1',
      end: '2026-02-30 12:00:00.000000',
      memory: OLD_ROW.memory,
    });
  });

  it('that are rejects stay what they are when rejects are read again', async () => {
    using folder = new TempFolder();
    const rows = oldRows({}, { submit: 'long ago' });
    const old = makeOldDatabase(folder.file('old.db'), 'old-denormalised', rows);
    await migrated(old, folder.file('new.db'));
    const before = ledgerRejects(folder.file('new.db'));
    const retried = await retryRejects({
      ledgerPath: folder.file('new.db'),
      machine: presetMachine('derecho'),
      readAs: { timeUnit: 'h' },
      waitSeconds: 0,
      version: '0.0.0-test',
    });
    expect(retried).toMatchObject({ tried: 1, jobs: 0, rejects: 1 });
    expect(ledgerRejects(folder.file('new.db'))).toEqual(before);
  });

  it('may have numbers as text and times in other forms', async () => {
    using folder = new TempFolder();
    const odd = { elapsed: '02:00:00', memory: '1gb', cpupercent: 99.6, avgcpu: '1.5e1' };
    const old = makeOldDatabase(
      folder.file('old.db'),
      'old-denormalised',
      oldRows(
        { ...odd, end: '2026-01-31T23:00:30Z' },
        { ...odd, end: '2026-01-31 16:00:30-07:00' },
        { ...odd, end: Date.UTC(2026, 0, 31, 23, 0, 30) / 1000 },
        { ...odd, end: '2026-01-31 23:00:30' },
      ),
    );
    await migrated(old, folder.file('new.db'), { allowDifferences: true });
    expect(
      queryLedger(
        folder.file('new.db'),
        'SELECT DISTINCT "end", elapsed, memory, cpupercent, avgcpu FROM jobs',
      ),
    ).toEqual([
      {
        end: Date.UTC(2026, 0, 31, 23, 0, 30) / 1000,
        elapsed: 7200,
        memory: 2 ** 30,
        cpupercent: 100,
        avgcpu: 15,
      },
    ]);
  });

  it('that are the same job twice are counted, and the first stays', async () => {
    using folder = new TempFolder();
    const id = { job_id: '7.desched1' };
    const rows = oldRows(
      { ...id, name: 'first' },
      { ...id, submit: '2026-01-31T20:00:00', name: 'second' },
    );
    const old = makeOldDatabase(folder.file('old.db'), 'old-denormalised', rows);
    const { counts } = await migrated(old, folder.file('new.db'));
    expect(counts).toMatchObject({ lines: 2, jobs: 1, duplicates: 1 });
    expect(queryColumn(folder.file('new.db'), 'SELECT name FROM jobs')).toEqual(['first']);
  });

  it('have times in the zone that is named', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(folder.file('old.db'), 'old-denormalised', [OLD_ROW]);
    await migrated(old, folder.file('new.db'), { sourceZone: 'America/Denver' });
    expect(queryColumn(folder.file('new.db'), 'SELECT "end" FROM jobs')).toEqual([
      Date.UTC(2026, 1, 1, 6, 0, 30) / 1000,
    ]);
  });

  it('are all found whatever their row ids, in pieces of any size', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(
      folder.file('old.db'),
      'old-normalised',
      oldRows(...Array(50).fill({})),
    );
    alterDatabase(
      old,
      `PRAGMA foreign_keys = OFF;
       DELETE FROM jobs WHERE id BETWEEN 11 AND 30;
       UPDATE jobs SET id = id + 4000000000000 WHERE id > 40;
       UPDATE job_charges SET job_id = job_id + 4000000000000 WHERE job_id > 40;
       UPDATE jobs SET id = -3 WHERE id = 5;
       UPDATE job_charges SET job_id = -3 WHERE job_id = 5;`,
    );
    const { hours } = await migrated(old, folder.file('whole.db'));
    expect(hours?.queues).toMatchObject([{ jobs: 30, missing: 0, differing: 0 }]);
    await migrated(old, folder.file('pieces.db'), { rowsAtOnce: 3, readers: { threads: 2 } });
    expect(ledgerJobs(folder.file('pieces.db'))).toEqual(ledgerJobs(folder.file('whole.db')));
    expect(queryColumn(folder.file('pieces.db'), 'PRAGMA integrity_check')).toEqual(['ok']);
  });
});

describe('schemas on the way between the two', () => {
  it('may have ids alone, a table of QoS, and more columns of the scheduler', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(folder.file('old.db'), 'old-normalised', oldRows({}, {}));
    alterDatabase(
      old,
      `DROP INDEX ix_jobs_user; DROP INDEX ix_jobs_account; DROP INDEX ix_jobs_queue;
       DROP INDEX ix_jobs_user_account; DROP INDEX ix_jobs_user_submit;
       DROP INDEX ix_jobs_account_submit; DROP INDEX ix_jobs_queue_submit;
       ALTER TABLE jobs DROP COLUMN user; ALTER TABLE jobs DROP COLUMN account;
       ALTER TABLE jobs DROP COLUMN queue; ALTER TABLE jobs DROP COLUMN cputime;
       ALTER TABLE jobs DROP COLUMN count;
       ALTER TABLE jobs ADD COLUMN run_count INTEGER;
       ALTER TABLE jobs ADD COLUMN queued DATETIME;
       ALTER TABLE jobs ADD COLUMN eligible_secs INTEGER;
       ALTER TABLE jobs ADD COLUMN qos_id INTEGER;
       ALTER TABLE jobs ADD COLUMN colour TEXT;
       CREATE TABLE job_qos (id INTEGER PRIMARY KEY, name TEXT, factor FLOAT);
       INSERT INTO job_qos VALUES (1, 'premium', 1.5);
       UPDATE jobs SET qos_id = 1, run_count = 2, queued = submit, eligible_secs = 0 WHERE id = 2;`,
    );
    const { unknownColumns, generation } = await migrated(old, folder.file('new.db'));
    expect({ unknownColumns, generation }).toEqual({
      unknownColumns: ['colour'],
      generation: 'normalised',
    });
    expect(ledgerJobs(folder.file('new.db'))).toMatchObject([
      { user: 'ada', account: 'NUMB0001', queue: 'cpu', qos: 'regular', count: null, queued: null },
      {
        qos: 'premium',
        priority: 'premium',
        qos_factor: 1.5,
        cpu_hours: 512,
        count: 2,
        queued: Date.UTC(2026, 0, 31, 20) / 1000,
        eligible_secs: 0,
      },
    ]);
  });

  it('may have ids that were never filled: the text beside them holds', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(
      folder.file('old.db'),
      'old-normalised',
      oldRows({}, { user: 'bob' }),
    );
    alterDatabase(old, 'UPDATE jobs SET user_id = NULL WHERE id = 2');
    await migrated(old, folder.file('new.db'));
    expect(ledgerJobs(folder.file('new.db'))).toMatchObject([{ user: 'ada' }, { user: 'bob' }]);
  });

  it('may have neither summary nor hours, which then are not compared', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(folder.file('old.db'), 'old-denormalised', oldRows({}));
    alterDatabase(old, 'DROP VIEW v_jobs_charged; DROP TABLE daily_summary');
    const { hours, outcome, counts } = await migrated(old, folder.file('new.db'));
    expect({ hours, outcome, jobs: counts.jobs }).toEqual({
      hours: null,
      outcome: 'in service',
      jobs: 1,
    });
  });

  it('may hold no job at all', async () => {
    using folder = new TempFolder();
    const old = makeOldDatabase(folder.file('old.db'), 'old-normalised', []);
    const { counts, queries } = await migrated(old, folder.file('new.db'), { queryRounds: 1 });
    expect({ jobs: counts.jobs, queries }).toEqual({ jobs: 0, queries: [] });
  });

  it.each([
    ['another table', 'CREATE TABLE t (a)', /there is the tables t.*missing: job_id, submit, end/],
    ['no user', 'CREATE TABLE jobs (job_id, submit, "end")', /missing: user/],
    ['nothing', '', /there is no table at all/],
  ])('are refused where there is %s', async (_, sql, message) => {
    using folder = new TempFolder();
    alterDatabase(folder.file('old.db'), `${sql}; PRAGMA user_version = 1`);
    const problem = await failureOf(migrated(folder.file('old.db'), folder.file('new.db')));
    expect(problem).toBeInstanceOf(SourceError);
    expect(String(problem)).toMatch(message);
    expect(folder.names()).toEqual(['old.db']);
  });
});

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

function migrated(
  oldPath: string,
  ledgerPath: string,
  request: Partial<MigrateRequest> = {},
  onProgress: () => void = () => {},
): Promise<MigrateResult> {
  return migrate(
    {
      oldPath,
      ledgerPath,
      machine: presetMachine('derecho'),
      version: '0.0.0-test',
      readers: { threads: 1 },
      allowDifferences: false,
      queryRounds: 0,
      ...request,
    },
    onProgress,
  );
}

/** What both know: an export also says which hardware a job had, its threads, and its priority. */
function withoutOrigin(row: Row): Row {
  const { file, line, cputype, gputype, ompthreads, priority, qos, qos_factor, ...job } = row;
  return job;
}

/** A QoS weighs a charge, and the priority that it follows from was not kept. */
function withoutCharges({ cpu_charges, gpu_charges, memory_charges, ...hours }: Row): Row {
  return hours;
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
