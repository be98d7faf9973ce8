import type { MachineProfile } from '../world/machine-profile.ts';
import type { OldDatabaseFormat } from './old-database-format.ts';

export interface OldSchemaSql {
  readonly tables: string;
  /** Made when the rows are in; the tool's own, which grew with the rows, take more room. */
  readonly indexes: string;
  readonly views: string;
}

/** The columns of a job that both schemas have, in their order. */
const JOB_COLUMNS = `
  submit DATETIME, eligible DATETIME, start DATETIME, "end" DATETIME,
  elapsed INTEGER, walltime INTEGER, cputime INTEGER,
  numcpus INTEGER, numgpus INTEGER, numnodes INTEGER, mpiprocs INTEGER, ompthreads INTEGER,
  reqmem BIGINT, memory BIGINT, vmemory BIGINT,
  cputype TEXT, gputype TEXT, resources TEXT, ptargets TEXT,
  cpupercent FLOAT, avgcpu FLOAT, count INTEGER,`;

const OWNER_IDS =
  'user_id INTEGER REFERENCES users (id), account_id INTEGER REFERENCES accounts (id), ' +
  'queue_id INTEGER REFERENCES queues (id),';

/** The schema as the tool made it; the normalised one kept the names beside the ids. */
export function oldSchemaSql(format: OldDatabaseFormat, machine: MachineProfile): OldSchemaSql {
  const isNormalised = format === 'old-normalised';
  const ids = isNormalised ? OWNER_IDS : '';
  return {
    tables: `${isNormalised ? LOOKUP_TABLES : ''}
CREATE TABLE jobs (
  id INTEGER NOT NULL, job_id TEXT NOT NULL, short_id INTEGER, name TEXT,
  user TEXT, account TEXT, queue TEXT, status TEXT, ${ids} ${JOB_COLUMNS}
  PRIMARY KEY (id), CONSTRAINT uq_jobs_job_id_submit UNIQUE (job_id, submit)
);
CREATE TABLE daily_summary (
  id INTEGER NOT NULL, date DATE NOT NULL,
  user TEXT NOT NULL, account TEXT NOT NULL, queue TEXT NOT NULL, ${ids}
  job_count INTEGER, charge_hours FLOAT, cpu_hours FLOAT, gpu_hours FLOAT, memory_hours FLOAT,
  PRIMARY KEY (id), CONSTRAINT uq_daily_summary UNIQUE (date, user, account, queue)
);
${isNormalised ? CHARGES_TABLE : ''}`,
    indexes: INDEXES + (isNormalised ? ID_INDEXES : ''),
    views: isNormalised ? '' : hoursView(machine),
  };
}

/** The hours of every job, by the rules of the machine; what is not known counts as 0. */
export function hoursSelect(machine: MachineProfile): string {
  const { cpus, gpus } = machine.name === 'derecho' ? WHOLE_NODES : WHAT_WAS_ASKED;
  return `SELECT jobs.*,
  (${cpus}) * elapsed / 3600.0 AS cpu_hours,
  (${gpus}) * elapsed / 3600.0 AS gpu_hours,
  ifnull(memory, 0) / 1073741824.0 * elapsed / 3600.0 AS memory_hours
FROM jobs`;
}

function hoursView(machine: MachineProfile): string {
  return `CREATE VIEW v_jobs_charged AS ${hoursSelect(machine)};`;
}

/** How many CPUs and GPUs a job is charged for: nodes are its own, but for those of development queues. */
const WHOLE_NODES = {
  cpus: `CASE instr(queue, 'dev') WHEN 0 THEN 128 * ifnull(numnodes, 0) ELSE ifnull(numcpus, 0) END`,
  gpus: `CASE
    WHEN instr(queue, 'gpu') = 0 THEN 0
    WHEN instr(queue, 'dev') = 0 THEN 4 * ifnull(numnodes, 0)
    ELSE ifnull(numgpus, 0)
  END`,
};

const WHAT_WAS_ASKED = { cpus: 'ifnull(numcpus, 0)', gpus: 'ifnull(numgpus, 0)' };

const LOOKUP_TABLES = `
CREATE TABLE users (id INTEGER NOT NULL, username TEXT NOT NULL, PRIMARY KEY (id));
CREATE TABLE accounts (id INTEGER NOT NULL, account_name TEXT NOT NULL, PRIMARY KEY (id));
CREATE TABLE queues (id INTEGER NOT NULL, queue_name TEXT NOT NULL, PRIMARY KEY (id));
CREATE UNIQUE INDEX ix_users_username ON users (username);
CREATE UNIQUE INDEX ix_accounts_account_name ON accounts (account_name);
CREATE UNIQUE INDEX ix_queues_queue_name ON queues (queue_name);
`;

const CHARGES_TABLE = `CREATE TABLE job_charges (
  job_id INTEGER NOT NULL, cpu_hours FLOAT NOT NULL, gpu_hours FLOAT NOT NULL, memory_hours FLOAT NOT NULL,
  charge_version INTEGER, PRIMARY KEY (job_id),
  FOREIGN KEY (job_id) REFERENCES jobs (id) ON DELETE CASCADE
);`;

const INDEXES = `
CREATE INDEX ix_jobs_job_id ON jobs (job_id);
CREATE INDEX ix_jobs_short_id ON jobs (short_id);
CREATE INDEX ix_jobs_user ON jobs (user);
CREATE INDEX ix_jobs_account ON jobs (account);
CREATE INDEX ix_jobs_queue ON jobs (queue);
CREATE INDEX ix_jobs_status ON jobs (status);
CREATE INDEX ix_jobs_submit ON jobs (submit);
CREATE INDEX ix_jobs_start ON jobs (start);
CREATE INDEX ix_jobs_end ON jobs ("end");
CREATE INDEX ix_jobs_user_account ON jobs (user, account);
CREATE INDEX ix_jobs_submit_end ON jobs (submit, "end");
CREATE INDEX ix_jobs_user_submit ON jobs (user, submit);
CREATE INDEX ix_jobs_account_submit ON jobs (account, submit);
CREATE INDEX ix_jobs_queue_submit ON jobs (queue, submit);
CREATE INDEX ix_daily_summary_date ON daily_summary (date);
CREATE INDEX ix_daily_summary_user_account ON daily_summary (user, account);
`;

const ID_INDEXES = `
CREATE INDEX ix_jobs_user_id ON jobs (user_id);
CREATE INDEX ix_jobs_account_id ON jobs (account_id);
CREATE INDEX ix_jobs_queue_id ON jobs (queue_id);
CREATE INDEX ix_daily_summary_user_id ON daily_summary (user_id);
CREATE INDEX ix_daily_summary_account_id ON daily_summary (account_id);
CREATE INDEX ix_daily_summary_queue_id ON daily_summary (queue_id);
`;
