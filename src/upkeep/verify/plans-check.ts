import { queryPlan } from '../../reports/explain/query-plan.ts';
import { counted } from './counted.ts';
import { inSql } from './mends.ts';
import { planFaults } from './plan-faults.ts';
import { reportQueries } from './report-queries.ts';
import type { VerifyCheck } from './verify-check.ts';

/** Reading fewer jobs than this as a whole is as fast as an index, and SQLite knows. */
const LEAST_JOBS = 1000;

export const plansCheck: VerifyCheck = {
  name: 'plans',
  sound: 'no report reads all jobs where an index serves',
  *run(db) {
    const jobs = db.prepare<[], number>('SELECT count(*) FROM jobs').pluck().get() ?? 0;
    if (jobs < LEAST_JOBS) return;
    const faults = reportQueries().flatMap(({ report, sql }) =>
      planFaults(queryPlan(db, sql), sql).map((fault) => `${report}: ${fault}`),
    );
    if (faults.length === 0) return;
    yield {
      text: `${counted(faults.length, 'query reads', 'queries read')} more than it needs, such as ${faults[0]}`,
      mend: inSql('PRAGMA analysis_limit = 1000; ANALYZE'),
    };
  },
};
