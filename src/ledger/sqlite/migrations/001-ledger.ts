/** The first schema. Times are epoch seconds UTC, durations seconds, memory bytes, dates site-local days. */
export const ledgerSchema = `
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  machine TEXT NOT NULL,
  time_zone TEXT NOT NULL
) STRICT;

CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE accounts (id INTEGER PRIMARY KEY, account_name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE queues (id INTEGER PRIMARY KEY, queue_name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE job_qos (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  factor REAL NOT NULL
) STRICT;

CREATE TABLE charge_rule_sets (
  version INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  rules TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  -- Who ran the command that brought it: user@host.
  created_by TEXT
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('running', 'complete', 'failed', 'interrupted')),
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  qledger_version TEXT NOT NULL,
  charge_version INTEGER NOT NULL REFERENCES charge_rule_sets(version),
  error TEXT
) STRICT;

CREATE TABLE run_steps (
  run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  step TEXT NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (run_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_files (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  modified_ms INTEGER NOT NULL,
  format TEXT NOT NULL,
  header TEXT,
  -- How far its content, decompressed, is in the ledger, the hash of the content up to there, and the line there.
  committed_offset INTEGER NOT NULL,
  content_hash TEXT,
  next_line INTEGER NOT NULL,
  -- Whether it was read to its end.
  complete INTEGER NOT NULL DEFAULT 0
) STRICT;
-- A path whose content was replaced has a row for each content; the last one counts.
CREATE INDEX ix_source_files_path ON source_files(path, id);

-- What each run has read of each file.
CREATE TABLE run_files (
  run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  file_id INTEGER NOT NULL REFERENCES source_files(id),
  from_offset INTEGER NOT NULL,
  to_offset INTEGER NOT NULL,
  lines INTEGER NOT NULL DEFAULT 0,
  jobs INTEGER NOT NULL DEFAULT 0,
  duplicates INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  rejects INTEGER NOT NULL DEFAULT 0,
  skipped_lines INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, file_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ix_run_files_file ON run_files(file_id);

CREATE TABLE rejects (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  file_id INTEGER NOT NULL REFERENCES source_files(id),
  line INTEGER NOT NULL,
  byte_offset INTEGER NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  raw_text TEXT NOT NULL,
  UNIQUE (file_id, byte_offset)
) STRICT;
CREATE INDEX ix_rejects_run_code ON rejects(run_id, code);
CREATE INDEX ix_rejects_code ON rejects(code);

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL,
  short_id INTEGER,
  array_index INTEGER,
  name TEXT,
  user_id INTEGER NOT NULL REFERENCES users(id),
  account_id INTEGER NOT NULL REFERENCES accounts(id),
  queue_id INTEGER NOT NULL REFERENCES queues(id),
  qos_id INTEGER NOT NULL REFERENCES job_qos(id),
  status TEXT,
  submit INTEGER NOT NULL,
  queued INTEGER,
  eligible INTEGER,
  start INTEGER,
  "end" INTEGER NOT NULL,
  elapsed INTEGER,
  walltime INTEGER,
  cputime INTEGER,
  eligible_secs INTEGER,
  numcpus INTEGER,
  numgpus INTEGER,
  numnodes INTEGER,
  mpiprocs INTEGER,
  ompthreads INTEGER,
  reqmem INTEGER,
  memory INTEGER,
  vmemory INTEGER,
  cputype TEXT,
  gputype TEXT,
  resources TEXT,
  ptargets TEXT,
  priority TEXT,
  cpupercent INTEGER,
  avgcpu REAL,
  count INTEGER,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  file_id INTEGER NOT NULL REFERENCES source_files(id),
  line INTEGER NOT NULL
) STRICT;
-- Job numbers wrap around: the same id with another submission is another job.
CREATE UNIQUE INDEX ux_jobs_job_id_submit ON jobs(job_id, submit);
CREATE INDEX ix_jobs_queue_end ON jobs(queue_id, "end");
CREATE INDEX ix_jobs_queue_user_end ON jobs(queue_id, user_id, "end");
CREATE INDEX ix_jobs_queue_account_end ON jobs(queue_id, account_id, "end");

CREATE TABLE job_charges (
  job_id INTEGER PRIMARY KEY REFERENCES jobs(id) ON DELETE CASCADE,
  cpu_hours REAL NOT NULL,
  gpu_hours REAL NOT NULL,
  memory_hours REAL NOT NULL,
  qos_factor REAL NOT NULL,
  charge_version INTEGER NOT NULL,
  -- Hours kept as 0 because an input is not known: 1 CPU, 2 GPU, 4 memory, added up.
  incomplete INTEGER NOT NULL
) STRICT;
-- Few or none: a ledger is asked for them at every look.
CREATE INDEX ix_job_charges_incomplete ON job_charges(incomplete) WHERE incomplete <> 0;

CREATE TABLE daily_summary (
  date TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users(id),
  account_id INTEGER NOT NULL REFERENCES accounts(id),
  queue_id INTEGER NOT NULL REFERENCES queues(id),
  job_count INTEGER NOT NULL,
  cpu_hours REAL NOT NULL,
  gpu_hours REAL NOT NULL,
  memory_hours REAL NOT NULL,
  cpu_charges REAL NOT NULL,
  gpu_charges REAL NOT NULL,
  memory_charges REAL NOT NULL,
  PRIMARY KEY (date, user_id, account_id, queue_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ix_daily_summary_user_date ON daily_summary(user_id, date);
CREATE INDEX ix_daily_summary_account_date ON daily_summary(account_id, date);
CREATE INDEX ix_daily_summary_queue_date ON daily_summary(queue_id, date);

-- What reports read of the jobs: rows are facts of segments of jobs, their ids segment * 64 + fact. A segment has
-- 8,192 ids of jobs; its facts are in the order of those ids.
CREATE TABLE job_facts (id INTEGER PRIMARY KEY, numbers BLOB NOT NULL) STRICT;
CREATE TABLE fact_segments (
  id INTEGER PRIMARY KEY,
  jobs INTEGER NOT NULL,
  -- Site-local days of the first and the last end, since 1970-01-01.
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL
) STRICT;
-- A number for each text of jobs.status, for the facts.
CREATE TABLE exit_statuses (id INTEGER PRIMARY KEY, status TEXT NOT NULL UNIQUE) STRICT;

-- Each file with what all runs together have read of it.
CREATE VIEW v_source_files AS
SELECT f.*, sum(r.lines) AS lines, sum(r.jobs) AS jobs, sum(r.duplicates) AS duplicates, sum(r.updated) AS updated,
  sum(r.rejects) AS rejects, sum(r.skipped_lines) AS skipped_lines, max(r.run_id) AS last_run_id
FROM source_files f JOIN run_files r ON r.file_id = f.id
GROUP BY f.id;

-- Days whose jobs have changed since they were summarised: written with the jobs, removed with the summary.
CREATE TABLE stale_days (date TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
-- The same of segments whose facts are others.
CREATE TABLE stale_segments (id INTEGER PRIMARY KEY) STRICT;

CREATE VIEW v_jobs AS
SELECT
  j.id, j.job_id, j.short_id, j.array_index, j.name,
  u.username AS user, a.account_name AS account, q.queue_name AS queue, s.name AS qos, j.status,
  strftime('%Y-%m-%dT%H:%M:%SZ', j.submit, 'unixepoch') AS submit,
  strftime('%Y-%m-%dT%H:%M:%SZ', j.queued, 'unixepoch') AS queued,
  strftime('%Y-%m-%dT%H:%M:%SZ', j.eligible, 'unixepoch') AS eligible,
  strftime('%Y-%m-%dT%H:%M:%SZ', j.start, 'unixepoch') AS start,
  strftime('%Y-%m-%dT%H:%M:%SZ', j."end", 'unixepoch') AS "end",
  j.elapsed, j.walltime, j.cputime, j.eligible_secs,
  j.numcpus, j.numgpus, j.numnodes, j.mpiprocs, j.ompthreads,
  j.reqmem, j.memory, j.vmemory, j.cputype, j.gputype,
  j.resources, j.ptargets, j.priority, j.cpupercent, j.avgcpu, j.count,
  j.run_id, f.path AS file, j.line
FROM jobs j
JOIN users u ON u.id = j.user_id
JOIN accounts a ON a.id = j.account_id
JOIN queues q ON q.id = j.queue_id
JOIN job_qos s ON s.id = j.qos_id
JOIN source_files f ON f.id = j.file_id;

CREATE VIEW v_jobs_charged AS
SELECT
  v.*, c.cpu_hours, c.gpu_hours, c.memory_hours, c.qos_factor, c.charge_version, c.incomplete
FROM v_jobs v
JOIN job_charges c ON c.job_id = v.id;
`;
