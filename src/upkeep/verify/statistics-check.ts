import { inSql } from './mends.ts';
import type { VerifyCheck } from './verify-check.ts';

/** What SQLite's own upkeep lets grow before it looks again is ten times; its counts are estimates. */
const FACTOR = 30;
/** Of fewer rows nobody notices a poor plan. */
const LEAST_ROWS = 10_000;
const MEND = inSql('PRAGMA analysis_limit = 1000; ANALYZE');

export const statisticsCheck: VerifyCheck = {
  name: 'statistics',
  sound: 'the query planner knows about how many rows there are',
  *run(db) {
    const jobs = db.prepare<[], number>('SELECT count(*) FROM jobs').pluck().get() ?? 0;
    if (jobs === 0) return;
    const isThere = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'").get();
    if (isThere === undefined) {
      yield { text: 'there are no statistics for the query planner', mend: MEND };
      return;
    }
    const stat = db
      .prepare<[], string>("SELECT stat FROM sqlite_stat1 WHERE tbl = 'jobs' AND idx IS NOT NULL")
      .pluck()
      .get();
    const known = Number.parseInt(stat ?? '', 10);
    if (Number.isNaN(known)) {
      yield { text: 'the statistics say nothing of the jobs', mend: MEND };
    } else if (jobs >= LEAST_ROWS && (known * FACTOR < jobs || known > jobs * FACTOR)) {
      yield { text: `the statistics are of ${known} jobs, there are ${jobs}`, mend: MEND };
    }
  },
};
