import type Database from 'better-sqlite3';

/** How the jobs and days of a name are found by an index. */
const USES = [
  {
    table: 'users',
    job: 'SELECT 1 FROM queues q CROSS JOIN jobs j ON j.queue_id = q.id AND j.user_id = named.id',
    day: 'SELECT 1 FROM daily_summary WHERE user_id = named.id',
  },
  {
    table: 'accounts',
    job: 'SELECT 1 FROM queues q CROSS JOIN jobs j ON j.queue_id = q.id AND j.account_id = named.id',
    day: 'SELECT 1 FROM daily_summary WHERE account_id = named.id',
  },
  {
    table: 'queues',
    job: 'SELECT 1 FROM jobs WHERE queue_id = named.id',
    day: 'SELECT 1 FROM daily_summary WHERE queue_id = named.id',
  },
];

/**
 * Removes the names that no job has any more, since jobs took the values of newer records. To be called when
 * the days of those jobs are summarised anew.
 */
export function removeUnusedNames(db: Database.Database): void {
  const foreignKeys = db.pragma('foreign_keys', { simple: true });
  // SQLite would look for the rows of a name that is removed in all jobs, as no index begins with it.
  db.pragma('foreign_keys = OFF');
  try {
    db.transaction(() => {
      for (const { table, job, day } of USES) {
        db.exec(`DELETE FROM ${table} AS named WHERE NOT EXISTS (${day}) AND NOT EXISTS (${job})`);
      }
    }).immediate();
  } finally {
    db.pragma(`foreign_keys = ${foreignKeys}`);
  }
}
