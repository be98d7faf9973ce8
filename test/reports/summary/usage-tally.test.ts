import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROW, SummaryReader } from '../../../src/reports/summary/summary-rows.ts';
import { usageTallies } from '../../../src/reports/summary/usage-tally.ts';
import { formatLocalDay } from '../../../src/site/local-day.ts';
import { fillLedger, randomJob } from '../facts/random-jobs.ts';

const DAY_SECONDS = 86_400;
/** More than are read at once. */
const MOST_DAYS = 100;

const jobOfSomeDay = fc
  .tuple(randomJob, fc.nat(MOST_DAYS))
  .map(([job, day]) => ({ ...job, end: day * DAY_SECONDS }));

const SUMS = ['cpu_hours', 'gpu_hours', 'memory_hours', 'cpu_charges', 'gpu_charges']
  .concat('memory_charges')
  .map((sum) => `total(${sum})`)
  .join();

describe('usageTallies', () => {
  it('adds up what SQL does, whatever the window', () => {
    fc.assert(
      fc.property(
        fc.array(jobOfSomeDay, { maxLength: 60 }),
        fc.integer({ min: -40, max: MOST_DAYS }),
        fc.integer({ min: -1, max: 2 * MOST_DAYS }),
        (jobs, fromDay, days) => {
          const db = new Database(':memory:');
          try {
            fillLedger(db, jobs);
            const window = { fromDay, toDay: fromDay + days };
            const tallies = usageTallies(new SummaryReader(db), window, (row) => row[ROW.user]);
            const expected = db
              .prepare<[string, string], number[]>(
                `SELECT user_id, count(DISTINCT user_id), count(DISTINCT account_id), sum(job_count), ${SUMS}
                 FROM daily_summary WHERE date BETWEEN ? AND ? GROUP BY user_id`,
              )
              .raw()
              .all(formatLocalDay(window.fromDay), formatLocalDay(window.toDay));
            const found = [...tallies].map(([user, tally]) => [
              user,
              tally.users.size,
              tally.accounts.size,
              ...tally.values,
            ]);
            expect(found.sort(([a], [b]) => a - b)).toEqual(expected);
          } finally {
            db.close();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
