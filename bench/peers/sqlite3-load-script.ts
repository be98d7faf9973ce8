import type { LoadSample } from '../load/load-sample.ts';
import { localOffsetCase } from './local-offset-case.ts';

/**
 * What the SQLite shell must be told to turn the raw export into a ledger. Ids are the row ids of the
 * staging table; the indexes come last, each by one sort.
 */
export function sqlite3LoadScript({ file, years }: LoadSample): string {
  const utc = (time: string) => {
    const offset = localOffsetCase(time, years, (text) => `'${text}'`);
    return `unixepoch(${time}) - ${offset}`;
  };
  return `
PRAGMA page_size = 16384;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -262144;

CREATE TEMP TABLE raw (
  job_id TEXT, short_id_text TEXT, account TEXT, avgcpu TEXT, count TEXT, cpupercent TEXT, cpu_time TEXT,
  cputype TEXT, elapsed_time TEXT, eligible_time TEXT, job_end TEXT, gputype TEXT, used_mem TEXT,
  mpiprocs TEXT, name TEXT, numcpus TEXT, numgpus TEXT, numnodes TEXT, ompthreads TEXT, ptargets TEXT,
  queue TEXT, req_mem TEXT, resources TEXT, job_start TEXT, status TEXT, job_submit TEXT, user TEXT,
  virt_mem TEXT, wall_time TEXT, priority TEXT
);
.mode ascii
.separator "," "\\n"
.import --skip 1 --schema temp ${JSON.stringify(file)} raw

CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE);
CREATE TABLE accounts (id INTEGER PRIMARY KEY, account_name TEXT NOT NULL UNIQUE);
CREATE TABLE queues (id INTEGER PRIMARY KEY, queue_name TEXT NOT NULL UNIQUE);
CREATE TABLE job_qos (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, factor REAL NOT NULL);
INSERT INTO users (username) SELECT DISTINCT user FROM raw;
INSERT INTO accounts (account_name) SELECT DISTINCT account FROM raw;
INSERT INTO queues (queue_name) SELECT DISTINCT queue FROM raw;
INSERT INTO job_qos VALUES (1, 'premium', 1.5), (2, 'regular', 1.0), (3, 'economy', 0.7),
  (4, 'special', 1.0), (5, 'uncharged', 0.0);

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY, job_id TEXT NOT NULL, short_id INTEGER, array_index INTEGER, name TEXT,
  user_id INTEGER NOT NULL, account_id INTEGER NOT NULL, queue_id INTEGER NOT NULL,
  qos_id INTEGER NOT NULL, status TEXT, submit INTEGER NOT NULL, queued INTEGER, eligible INTEGER,
  start INTEGER, "end" INTEGER NOT NULL, elapsed INTEGER, walltime INTEGER, cputime INTEGER,
  eligible_secs INTEGER, numcpus INTEGER, numgpus INTEGER, numnodes INTEGER, mpiprocs INTEGER,
  ompthreads INTEGER, reqmem INTEGER, memory INTEGER, vmemory INTEGER, cputype TEXT, gputype TEXT,
  resources TEXT, ptargets TEXT, priority TEXT, cpupercent INTEGER, avgcpu REAL, count INTEGER
);
INSERT INTO jobs
SELECT r.rowid, r.job_id, CAST(r.job_id AS INTEGER),
  CASE WHEN instr(r.job_id, '[') THEN CAST(substr(r.job_id, instr(r.job_id, '[') + 1) AS INTEGER) END,
  nullif(r.name, ''), u.id, a.id, q.id,
  CASE WHEN r.queue = 'jhublogin' THEN 5
    ELSE CASE r.priority WHEN 'premium' THEN 1 WHEN 'economy' THEN 3 WHEN 'special' THEN 4 ELSE 2 END
  END,
  nullif(r.status, ''), ${utc('r.job_submit')}, NULL, ${utc('r.eligible_time')},
  ${utc('r.job_start')}, ${utc('r.job_end')},
  ${seconds('r.elapsed_time')}, ${seconds('r.wall_time')}, ${seconds('r.cpu_time')}, NULL,
  nullif(r.numcpus, ''), nullif(r.numgpus, ''), nullif(r.numnodes, ''), nullif(r.mpiprocs, ''),
  nullif(r.ompthreads, ''), ${bytes('r.req_mem')}, ${bytes('r.used_mem')}, ${bytes('r.virt_mem')},
  coalesce(nullif(r.cputype, ''), 'milan'), nullif(r.gputype, ''), nullif(r.resources, ''),
  nullif(r.ptargets, ''), nullif(r.priority, ''), nullif(r.cpupercent, ''), nullif(r.avgcpu, ''),
  nullif(r.count, '')
FROM raw AS r
JOIN users AS u ON u.username = r.user
JOIN accounts AS a ON a.account_name = r.account
JOIN queues AS q ON q.queue_name = r.queue;

CREATE TABLE job_charges (
  job_id INTEGER PRIMARY KEY, cpu_hours REAL NOT NULL, gpu_hours REAL NOT NULL,
  memory_hours REAL NOT NULL, qos_factor REAL NOT NULL, charge_version INTEGER NOT NULL
);
INSERT INTO job_charges
SELECT j.id,
  coalesce(CASE WHEN q.is_dev THEN numcpus ELSE numnodes * 128 END * elapsed / 3600.0, 0),
  coalesce(CASE WHEN NOT q.is_gpu THEN 0 WHEN q.is_dev THEN numgpus ELSE numnodes * 4 END
    * elapsed / 3600.0, 0),
  coalesce(memory / 1073741824.0 * elapsed / 3600.0, 0), f.factor, 1
FROM jobs AS j
JOIN (SELECT id, instr(queue_name, 'dev') > 0 AS is_dev, instr(queue_name, 'gpu') > 0 AS is_gpu
  FROM queues) AS q ON q.id = j.queue_id
JOIN job_qos AS f ON f.id = j.qos_id;

CREATE TABLE daily_summary (
  date TEXT NOT NULL, user_id INTEGER NOT NULL, account_id INTEGER NOT NULL, queue_id INTEGER NOT NULL,
  job_count INTEGER NOT NULL, cpu_hours REAL NOT NULL, gpu_hours REAL NOT NULL,
  memory_hours REAL NOT NULL, cpu_charges REAL NOT NULL, gpu_charges REAL NOT NULL,
  memory_charges REAL NOT NULL,
  PRIMARY KEY (date, user_id, account_id, queue_id)
) WITHOUT ROWID;
INSERT INTO daily_summary
SELECT substr(r.job_end, 1, 10), j.user_id, j.account_id, j.queue_id, count(*),
  sum(cpu_hours), sum(gpu_hours), sum(memory_hours),
  sum(cpu_hours * qos_factor), sum(gpu_hours * qos_factor), sum(memory_hours * qos_factor)
FROM jobs AS j
CROSS JOIN job_charges AS c ON c.job_id = j.id
CROSS JOIN raw AS r ON r.rowid = j.id
GROUP BY 1, 2, 3, 4;

CREATE UNIQUE INDEX ux_jobs_job_id_submit ON jobs(job_id, submit);
CREATE INDEX ix_jobs_queue_end ON jobs(queue_id, "end");
CREATE INDEX ix_jobs_queue_user_end ON jobs(queue_id, user_id, "end");
CREATE INDEX ix_jobs_queue_account_end ON jobs(queue_id, account_id, "end");
`;
}

function seconds(hours: string): string {
  return `CAST(round(nullif(${hours}, '') * 3600) AS INTEGER)`;
}

function bytes(gibibytes: string): string {
  return `CAST(round(nullif(${gibibytes}, '') * 1073741824) AS INTEGER)`;
}
