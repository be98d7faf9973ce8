import { DuckDBInstance } from '@duckdb/node-api';
import { localOffsetCase } from './local-offset-case.ts';

const [csvFile, databaseFile, firstYear, lastYear] = process.argv.slice(2);

/** The labels of the export in their order, under the names that the SQL below uses. */
const COLUMNS = {
  job_id: 'VARCHAR',
  short_id_text: 'VARCHAR',
  account: 'VARCHAR',
  avgcpu: 'DOUBLE',
  count: 'INTEGER',
  cpupercent: 'BIGINT',
  cpu_time: 'DOUBLE',
  cputype: 'VARCHAR',
  elapsed_time: 'DOUBLE',
  eligible_time: 'TIMESTAMP',
  job_end: 'TIMESTAMP',
  gputype: 'VARCHAR',
  used_mem: 'DOUBLE',
  mpiprocs: 'INTEGER',
  name: 'VARCHAR',
  numcpus: 'INTEGER',
  numgpus: 'INTEGER',
  numnodes: 'INTEGER',
  ompthreads: 'INTEGER',
  ptargets: 'VARCHAR',
  queue: 'VARCHAR',
  req_mem: 'DOUBLE',
  resources: 'VARCHAR',
  job_start: 'TIMESTAMP',
  status: 'VARCHAR',
  job_submit: 'TIMESTAMP',
  user: 'VARCHAR',
  virt_mem: 'DOUBLE',
  wall_time: 'DOUBLE',
  priority: 'VARCHAR',
};

const offset = localOffsetCase(
  't',
  { first: Number(firstYear), last: Number(lastYear) },
  (text) => `TIMESTAMP '${text}'`,
);

const SETUP = `
ATTACH ${literal(databaseFile)} AS ledger (STORAGE_VERSION 'latest');
ATTACH ':memory:' AS stage;
USE ledger;
SET preserve_insertion_order = false;
CREATE TEMP MACRO utc(t) AS epoch_ms(t) // 1000 - (${offset});
CREATE TEMP MACRO seconds(hours) AS round(hours * 3600)::BIGINT;
CREATE TEMP MACRO bytes(gib) AS round(gib * 1073741824)::BIGINT;`;

/** The one read of the file, with all that more than one table needs. */
const STAGE = `
CREATE TABLE stage.jobs AS
WITH raw AS (
  SELECT *, seconds(elapsed_time) AS elapsed, bytes(used_mem) AS memory,
    contains(queue, 'gpu') AS is_gpu, contains(queue, 'dev') AS is_dev
  FROM read_csv(${literal(csvFile)}, header = true, delim = ',', quote = '', escape = '',
    auto_detect = false, buffer_size = 8388608, columns = ${JSON.stringify(COLUMNS).replaceAll('"', "'")})
)
SELECT * EXCLUDE (short_id_text, elapsed_time, used_mem, is_gpu, is_dev),
  split_part(split_part(job_id, '.', 1), '[', 1)::BIGINT AS short_id,
  CASE WHEN contains(job_id, '[')
    THEN try_cast(split_part(split_part(job_id, '[', 2), ']', 1) AS INTEGER) END AS array_index,
  CASE WHEN queue = 'jhublogin' THEN 5
    ELSE CASE priority WHEN 'premium' THEN 1 WHEN 'economy' THEN 3 WHEN 'special' THEN 4 ELSE 2 END
  END AS qos_id,
  coalesce(CASE WHEN is_dev THEN numcpus ELSE numnodes * 128 END * elapsed / 3600, 0) AS cpu_hours,
  coalesce(CASE WHEN NOT is_gpu THEN 0 WHEN is_dev THEN numgpus ELSE numnodes * 4 END
    * elapsed / 3600, 0) AS gpu_hours,
  coalesce(memory / 1073741824 * elapsed / 3600, 0) AS memory_hours
FROM raw;`;

const LOOKUPS = `
CREATE TABLE users AS SELECT row_number() OVER ()::INTEGER AS id, username
FROM (SELECT DISTINCT user AS username FROM stage.jobs);
CREATE TABLE accounts AS SELECT row_number() OVER ()::INTEGER AS id, account_name
FROM (SELECT DISTINCT account AS account_name FROM stage.jobs);
CREATE TABLE queues AS SELECT row_number() OVER ()::INTEGER AS id, queue_name
FROM (SELECT DISTINCT queue AS queue_name FROM stage.jobs);
CREATE TABLE job_qos AS FROM (VALUES (1, 'premium', 1.5::DOUBLE), (2, 'regular', 1.0),
  (3, 'economy', 0.7), (4, 'special', 1.0), (5, 'uncharged', 0.0)) AS qos(id, name, factor);`;

const JOBS = `
CREATE TABLE jobs AS
SELECT s.rowid + 1 AS id, s.job_id, s.short_id, s.array_index, s.name,
  u.id AS user_id, a.id AS account_id, q.id AS queue_id, s.qos_id, s.status,
  utc(s.job_submit) AS submit, NULL::BIGINT AS queued, utc(s.eligible_time) AS eligible,
  utc(s.job_start) AS start, utc(s.job_end) AS "end",
  s.elapsed, seconds(s.wall_time) AS walltime, seconds(s.cpu_time) AS cputime,
  NULL::BIGINT AS eligible_secs,
  s.numcpus, s.numgpus, s.numnodes, s.mpiprocs, s.ompthreads,
  bytes(s.req_mem) AS reqmem, s.memory, bytes(s.virt_mem) AS vmemory,
  coalesce(s.cputype, 'milan') AS cputype, s.gputype, s.resources, s.ptargets, s.priority,
  s.cpupercent, s.avgcpu, s.count
FROM stage.jobs AS s
JOIN users AS u ON u.username = s.user
JOIN accounts AS a ON a.account_name = s.account
JOIN queues AS q ON q.queue_name = s.queue;
CREATE UNIQUE INDEX ux_jobs_job_id_submit ON jobs(job_id, submit);`;

const CHARGES_AND_SUMMARY = `
CREATE TABLE job_charges AS
SELECT s.rowid + 1 AS job_id, cpu_hours, gpu_hours, memory_hours, factor AS qos_factor,
  1 AS charge_version
FROM stage.jobs AS s JOIN job_qos AS f ON f.id = s.qos_id;
CREATE TABLE daily_summary AS
SELECT date, u.id AS user_id, a.id AS account_id, q.id AS queue_id,
  g.* EXCLUDE (date, user, account, queue)
FROM (
  SELECT job_end::DATE AS date, s.user, s.account, s.queue, count(*) AS job_count,
    sum(cpu_hours) AS cpu_hours, sum(gpu_hours) AS gpu_hours, sum(memory_hours) AS memory_hours,
    sum(cpu_hours * factor) AS cpu_charges, sum(gpu_hours * factor) AS gpu_charges,
    sum(memory_hours * factor) AS memory_charges
  FROM stage.jobs AS s JOIN job_qos AS f ON f.id = s.qos_id
  GROUP BY ALL
) AS g
JOIN users AS u ON u.username = g.user
JOIN accounts AS a ON a.account_name = g.account
JOIN queues AS q ON q.queue_name = g.queue;`;

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const second = await instance.connect();
await connection.run(SETUP);
await connection.run(STAGE);
await connection.run(LOOKUPS);
await second.run('USE ledger');
// The index is built on one core, so the other tables are written meanwhile.
await Promise.all([connection.run(JOBS), second.run(CHARGES_AND_SUMMARY)]);
await connection.run('CHECKPOINT; USE memory; DETACH ledger');
second.closeSync();
connection.closeSync();
instance.closeSync();

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
