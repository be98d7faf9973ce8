import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OLD_DATABASE_FORMATS } from '../../sample-data/old-database/old-database-format.ts';
import { writeOldDatabase } from '../../sample-data/old-database/write-old-database.ts';
import { qhistHistory } from '../../sample-data/qhist-history.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';
import { SourceError } from '../../src/sources/source-error.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { ledgerJobs, ledgerSummary } from '../support/ledger-content.ts';
import { migrated } from '../support/migrated.ts';
import { makeOldDatabase, OLD_ROW, oldRows } from '../support/old-databases.ts';
import { alterDatabase, type Row } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

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

/** What both know: an export also says which hardware a job had, its threads, and its priority. */
function withoutOrigin(row: Row): Row {
  const { file, line, cputype, gputype, ompthreads, priority, qos, qos_factor, ...job } = row;
  return job;
}

/** A QoS weighs a charge, and the priority that it follows from was not kept. */
function withoutCharges({ cpu_charges, gpu_charges, memory_charges, ...hours }: Row): Row {
  return hours;
}
