import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { formatLocalDay } from '../../src/site/local-day.ts';
import { ZoneClock } from '../../src/site/zone-clock.ts';
import { zoneTable } from '../../src/site/zone-table.ts';
import type { HistoryOptions } from '../history-options.ts';
import { syntheticJobs } from '../synthetic-jobs.ts';
import type { OldDatabaseFormat } from './old-database-format.ts';
import { OLD_ROW_COLUMNS, type OldCell, oldJobRow } from './old-job-row.ts';
import { hoursSelect, oldSchemaSql } from './old-schema-sql.ts';

const JOBS_AT_ONCE = 10_000;

/**
 * Writes the synthetic jobs as a database that the job-history tool of the time before would have made of
 * them, in the order in which they ended, so that one of any size fits into memory.
 * @throws an Error with `syscall` where the file is there already.
 */
export function writeOldDatabase(
  format: OldDatabaseFormat,
  options: HistoryOptions,
  out: string,
): void {
  if (existsSync(out)) {
    throw Object.assign(new Error(`${out}: the file exists already`), { syscall: 'open' });
  }
  const db = new Database(out);
  try {
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.pragma('cache_size = -64000');
    const schema = oldSchemaSql(format, options.machine);
    db.exec(schema.tables);
    insertJobs(db, options);
    if (format === 'old-normalised') normalise(db, options);
    db.exec(schema.indexes + schema.views);
    summarise(db, format, options);
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}

function insertJobs(db: Database.Database, options: HistoryOptions): void {
  const { machine, jobs, seed, firstDay, jobsPerDay } = options;
  const zone = zoneTable(machine.zone);
  const source = syntheticJobs({ machine, zone, seed, firstDay, jobsPerDay });
  const columns = OLD_ROW_COLUMNS.map((name) => `"${name}"`).join();
  const insert = db.prepare<OldCell[]>(
    `INSERT INTO jobs (${columns}) VALUES (${OLD_ROW_COLUMNS.map(() => '?').join()})`,
  );
  const insertSome = db.transaction((count: number) => {
    for (let i = 0; i < count; i++) insert.run(...oldJobRow(source.next().value));
  });
  for (let done = 0; done < jobs; done += JOBS_AT_ONCE) {
    insertSome(Math.min(JOBS_AT_ONCE, jobs - done));
  }
}

/** As its migration did: names in alphabetical order, ids beside the names, hours once and for all. */
function normalise(db: Database.Database, { machine }: HistoryOptions): void {
  db.exec(`
    INSERT INTO users (username) SELECT DISTINCT user FROM jobs ORDER BY user;
    INSERT INTO accounts (account_name) SELECT DISTINCT account FROM jobs ORDER BY account;
    INSERT INTO queues (queue_name) SELECT DISTINCT queue FROM jobs ORDER BY queue;
    UPDATE jobs SET
      user_id = (SELECT id FROM users WHERE username = user),
      account_id = (SELECT id FROM accounts WHERE account_name = account),
      queue_id = (SELECT id FROM queues WHERE queue_name = queue);
    INSERT INTO job_charges
      SELECT id, cpu_hours, gpu_hours, memory_hours, 1 FROM (${hoursSelect(machine)});
  `);
}

function summarise(
  db: Database.Database,
  format: OldDatabaseFormat,
  { machine }: HistoryOptions,
): void {
  const clock = new ZoneClock(zoneTable(machine.zone));
  db.function('local_date', { deterministic: true }, (seconds: number) =>
    formatLocalDay(clock.localDay(seconds)),
  );
  const ids = format === 'old-normalised' ? ', user_id, account_id, queue_id' : '';
  db.exec(`
    INSERT INTO daily_summary
      (date, user, account, queue${ids}, job_count, charge_hours, cpu_hours, gpu_hours, memory_hours)
    SELECT local_date(unixepoch("end")) AS date, user, account, queue${ids},
      count(*), 0, sum(cpu_hours), sum(gpu_hours), sum(memory_hours)
    FROM (${hoursSelect(machine)}) GROUP BY date, user, account, queue ORDER BY date
  `);
}
