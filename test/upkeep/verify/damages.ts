import { cutInHalf, flipLeafByte, loseIndexEntry } from './damage-ledger.ts';

/** A fault of a ledger, what verify must say of it, and what must mend it. */
export interface Damage {
  readonly what: string;
  /** SQL, or what is done to the file. */
  readonly by: string | ((path: string) => void);
  /** One of the problems found; what else is found follows from it. */
  readonly found: RegExp;
  readonly mend: RegExp;
}

const REPLACE_UNIQUE = `DROP INDEX ux_jobs_job_id_submit;
  CREATE INDEX ux_jobs_job_id_submit ON jobs(job_id, submit);`;
const JOB_7 = "(SELECT id FROM jobs WHERE job_id = '107.desched1')";
const ANY_JOB = /[\w.]+ \(submitted 2026-01-\d\dT\d\d:\d\d:\d\dZ\)/.source;

export const DAMAGES: readonly Damage[] = [
  {
    what: 'a charge that is missing',
    by: `DELETE FROM job_charges WHERE job_id = ${JOB_7}`,
    found: /^one-charge: 1 job has no charge, such as 107\.desched1 \(submitted 2026-/,
    mend: /^in SQL: INSERT INTO job_charges SELECT .*; then qledger recharge$/,
  },
  {
    what: 'a charge without its job',
    by: 'INSERT INTO job_charges VALUES (9999, 1, 0, 0, 1, 1, 0)',
    found: /^one-charge: 1 charge has no job, such as that of job row 9999$/,
    mend: /^in SQL: DELETE FROM job_charges WHERE /,
  },
  {
    what: 'a user that jobs have and that is not there',
    by: "DELETE FROM users WHERE username = 'bob'",
    found: new RegExp(
      `^references: 100 rows of jobs point to users that are not there, such as ${ANY_JOB}`,
    ),
    mend: /^qledger rebuild; qledger recharge --summary-only$/,
  },
  {
    what: 'a job of an account that never was',
    by: `UPDATE jobs SET account_id = 77 WHERE id = ${JOB_7}`,
    found:
      /^references: 1 row of jobs points to accounts that are not there, such as 107\.desched1 /,
    mend: /^qledger rebuild$/,
  },
  {
    what: 'a queue without jobs',
    by: "INSERT INTO queues (queue_name) VALUES ('ghost')",
    found: /^lookups: 1 row of queues has no job, such as "ghost"$/,
    mend: /^in SQL: DELETE FROM queues WHERE /,
  },
  {
    what: 'a user without jobs',
    by: "INSERT INTO users (username) VALUES ('nobody'), ('noone')",
    found: /^lookups: 2 rows of users have no job, such as "nobody"$/,
    mend: /^in SQL: DELETE FROM users WHERE /,
  },
  {
    what: 'a summary that is off by the last bit',
    by: `UPDATE daily_summary SET cpu_hours = cpu_hours * (1 + 2.3e-16)
         WHERE date = '2026-01-16'
           AND user_id = (SELECT id FROM users WHERE username = 'ada')`,
    found:
      /^summary: \d+ rows? differs? from (its|their) jobs, such as 2026-01-16, user ada, account \w+, queue \w+: cpu_hours is [\d.]+, of its jobs [\d.]+$/,
    mend: /^qledger recharge --summary-only$/,
  },
  {
    what: 'a summary that counts one job more',
    by: "UPDATE daily_summary SET job_count = job_count + 1 WHERE date = '2026-01-17'",
    found: /^summary: \d+ rows differ from their jobs, such as 2026-01-17, .*: job_count is /,
    mend: /^qledger recharge --summary-only$/,
  },
  {
    what: 'a day without summary',
    by: "DELETE FROM daily_summary WHERE date = '2026-01-15'",
    found: /^summary: \d+ rows are missing, such as 2026-01-15, user /,
    mend: /^qledger recharge --summary-only$/,
  },
  {
    what: 'a summary of a day without jobs',
    by: "INSERT INTO daily_summary VALUES ('2025-06-01', 1, 1, 1, 3, 1, 0, 0, 1, 0, 0)",
    found: /^summary: 1 row has no jobs, such as 2025-06-01, user ada, /,
    mend: /^qledger recharge --summary-only$/,
  },
  {
    what: 'a summary of no day',
    by: "INSERT INTO daily_summary VALUES ('2026-1-5', 1, 1, 1, 3, 1, 0, 0, 1, 0, 0)",
    found: /^summary: 1 date is none of YYYY-MM-DD, such as "2026-1-5"$/,
    mend: /^qledger recharge --summary-only$/,
  },
  {
    what: 'hours that the rules do not make',
    by: `UPDATE job_charges SET memory_hours = memory_hours + 1e-9 WHERE job_id = ${JOB_7}`,
    found:
      /^charges: 1 charge is not by the rules, of 300 looked at, such as 107\.desched1 \(submitted .*\): memory_hours is [\d.e-]+, by the rules [\d.e-]+$/,
    mend: /^qledger recharge$/,
  },
  {
    what: 'hours that are less than nothing',
    by: `UPDATE job_charges SET gpu_hours = -1 WHERE job_id = ${JOB_7}`,
    found: /^values: 1 charge has a negative gpu_hours, such as 107\.desched1 /,
    mend: /^qledger recharge$/,
  },
  {
    what: 'a QoS factor that no rule gives',
    by: `UPDATE job_charges SET qos_factor = 1.25 WHERE job_id = ${JOB_7}`,
    found:
      /^qos: 1 job has the QoS "\w+" with the factor 1\.25, which the rules of version 1 do not give, such as 107\.desched1 /,
    mend: /^qledger recharge$/,
  },
  {
    what: 'another QoS than the rules give',
    by: `UPDATE jobs SET qos_id = (SELECT id FROM job_qos WHERE name = 'special') WHERE id = ${JOB_7}`,
    found:
      /^charges: 1 charge is not by the rules, .* 107\.desched1 .*: qos is special, by the rules /,
    mend: /^qledger recharge$/,
  },
  {
    what: 'a QoS whose factor of today is changed',
    by: "UPDATE job_qos SET factor = 3 WHERE name = 'premium'",
    found: /^qos: the QoS "premium" is kept with the factor 3, the rules of the last run say 1\.5$/,
    mend: /^qledger recharge$/,
  },
  {
    what: 'charge rules that are unknown',
    by: `UPDATE job_charges SET charge_version = 7 WHERE job_id = ${JOB_7}`,
    found:
      /^charge-rules: 1 charge is by rules that are not there, such as version 7 of 107\.desched1 /,
    mend: /^qledger recharge$/,
  },
  {
    what: 'charge rules that were changed after they were used',
    by: `UPDATE charge_rule_sets SET rules = replace(rules, '128', '64')`,
    found:
      /^charge-rules: the charge rules of version 1 are not those that their hash was made of$/,
    mend: /^in SQL: UPDATE charge_rule_sets SET rules = /,
  },
  {
    what: 'an index that is dropped',
    by: 'DROP INDEX ix_jobs_queue_end',
    found: /^schema: the index ix_jobs_queue_end of jobs is missing$/,
    mend: /^in SQL: CREATE INDEX ix_jobs_queue_end ON jobs\(queue_id, "end"\)$/,
  },
  {
    what: 'a unique index that is not unique any more',
    by: REPLACE_UNIQUE,
    found: /^schema: the index ux_jobs_job_id_submit is not as qledger makes it: it is not UNIQUE$/,
    mend: /^in SQL: DROP INDEX ux_jobs_job_id_submit; CREATE UNIQUE INDEX ux_jobs_job_id_submit /,
  },
  {
    what: 'a job that is there twice',
    by: `${REPLACE_UNIQUE}
      CREATE TEMP TABLE twin AS SELECT * FROM jobs WHERE id = ${JOB_7};
      UPDATE twin SET id = 9999; INSERT INTO jobs SELECT * FROM twin;`,
    found: /^duplicates: 1 job is there more than once, such as 107\.desched1 /,
    mend: /^qledger rebuild$/,
  },
  {
    what: 'an index that lacks an entry',
    by: (path) => loseIndexEntry(path, 'ix_jobs_queue_user_end', 8),
    found: /^indexes: ix_jobs_queue_user_end has 299 entries for 300 rows of jobs$/,
    mend: /^in SQL: REINDEX ix_jobs_queue_user_end$/,
  },
  {
    what: 'an index that lacks an entry, as SQLite sees it',
    by: (path) => loseIndexEntry(path, 'ix_jobs_queue_user_end', 8),
    found:
      /^file: 2 faults, such as: (wrong # of entries in|row 8 missing from) index ix_jobs_queue_user_end$/,
    mend: /^in SQL: REINDEX ix_jobs_queue_user_end$/,
  },
  {
    what: 'a flipped byte in a page of jobs',
    by: (path) => flipLeafByte(path, 'jobs'),
    found:
      /^file: (\d+ faults?, such as: |could not be looked through: database disk image is malformed$)/,
    mend: /^restore a backup, or qledger rebuild/,
  },
  {
    what: 'a flipped byte in a page of charges',
    by: (path) => flipLeafByte(path, 'job_charges'),
    found: /^charges: could not be looked through: database disk image is malformed$/,
    mend: /^restore a backup, or qledger rebuild/,
  },
  {
    what: 'a file that is cut in half',
    by: cutInHalf,
    found: /^file: could not be looked through: database disk image is malformed$/,
    mend: /^restore a backup, or qledger rebuild$/,
  },
  {
    what: 'a stale day that no run explains',
    by: "INSERT INTO stale_days VALUES ('2026-01-16')",
    found:
      /^stale-days: 1 day waits for a summary though the last run was complete, such as 2026-01-16$/,
    mend: /^qledger recharge --summary-only$/,
  },
  {
    what: 'a view that is dropped',
    by: 'DROP VIEW v_jobs_charged',
    found: /^schema: the view v_jobs_charged is missing$/,
    mend: /^in SQL: CREATE VIEW v_jobs_charged AS SELECT /,
  },
  {
    what: 'a view that is changed',
    by: 'DROP VIEW v_source_files; CREATE VIEW v_source_files AS SELECT * FROM source_files',
    found:
      /^schema: the view v_source_files is not as qledger makes it: it is CREATE VIEW v_source_files AS SELECT \* FROM source_files$/,
    mend: /^in SQL: DROP VIEW v_source_files; CREATE VIEW /,
  },
  {
    what: 'a trigger',
    by: 'CREATE TRIGGER watch AFTER INSERT ON jobs BEGIN DELETE FROM stale_days; END',
    found: /^schema: the trigger watch is not qledger's$/,
    mend: /^in SQL: DROP TRIGGER "watch"$/,
  },
  {
    what: 'a column too many',
    by: 'ALTER TABLE jobs ADD COLUMN note TEXT',
    found: /^schema: the table jobs is not as qledger makes it: it is with note$/,
    mend: /^qledger rebuild$/,
  },
  {
    what: 'another version of the schema',
    by: 'PRAGMA user_version = 99',
    found: /^schema: the file says schema version 99, this qledger makes \d+$/,
    mend: /^update qledger$/,
  },
  {
    what: 'a time that is less than nothing',
    by: `UPDATE jobs SET elapsed = -1 WHERE id = ${JOB_7}`,
    found: /^values: 1 job has a negative elapsed, such as 107\.desched1 /,
    mend: /^qledger rebuild$/,
  },
  {
    what: 'an end before the start',
    by: `UPDATE jobs SET start = "end" + 1 WHERE id = ${JOB_7}`,
    found: /^values: 1 job has an end before the start, such as 107\.desched1 /,
    mend: /^qledger rebuild$/,
  },
  {
    what: 'a start before the submission',
    by: `UPDATE jobs SET start = submit - 1 WHERE id = ${JOB_7}`,
    found: /^values: 1 job has a start before the submission, such as 107\.desched1 /,
    mend: /^qledger rebuild$/,
  },
  {
    what: 'statistics that are gone',
    by: 'DROP TABLE sqlite_stat1',
    found: /^statistics: there are no statistics for the query planner$/,
    mend: /^in SQL: PRAGMA analysis_limit = 1000; ANALYZE$/,
  },
  {
    what: 'a zone that is none',
    by: "UPDATE ledger SET time_zone = 'America/Springfield'",
    found: /^machine: its days are cut in "America\/Springfield", which is no time zone$/,
    mend: /^qledger rebuild$/,
  },
  {
    what: 'a ledger without its machine',
    by: 'DELETE FROM ledger',
    found: /^machine: it has jobs, but names no machine$/,
    mend: /^qledger rebuild$/,
  },
  {
    what: 'a journal that counts other jobs than there are',
    by: 'UPDATE run_files SET jobs = jobs - 1',
    found:
      /^journal: 1 reading of a file counts other jobs than there are, such as .*jobs\.csv, run 1: 299 counted, 300 there$/,
    mend: /^qledger rebuild$/,
  },
  {
    what: 'a reject of no file',
    by: "INSERT INTO rejects VALUES (9, 1, 42, 1, 0, 'bad-time', 'reason', 'text')",
    found:
      /^references: 1 row of rejects points to source_files that are not there, such as row 9$/,
    mend: /^qledger rebuild$/,
  },
  {
    what: 'a file that no run has read',
    by: 'DELETE FROM run_files',
    found: /^journal: 1 file was read by no run, such as .*jobs\.csv$/,
    mend: /^in SQL: DELETE FROM source_files WHERE /,
  },
];
