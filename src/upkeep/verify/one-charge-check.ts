import { counted } from './counted.ts';
import { jobTextOfRow } from './job-text.ts';
import { inSql } from './mends.ts';
import type { VerifyCheck } from './verify-check.ts';

interface Found {
  readonly count: number;
  readonly id: number | null;
}

/** A recharge fills in what is there, and makes no rows. */
const EMPTY_CHARGES =
  'INSERT INTO job_charges SELECT id, 0, 0, 0, 1, (SELECT max(version) FROM charge_rule_sets), 0 ' +
  'FROM jobs WHERE id NOT IN (SELECT job_id FROM job_charges); then qledger recharge';

export const oneChargeCheck: VerifyCheck = {
  name: 'one-charge',
  sound: 'every job has one charge, and every charge its job',
  *run(db) {
    const uncharged = db
      .prepare<[], Found>(
        `SELECT count(*) AS count, min(j.id) AS id FROM jobs j NOT INDEXED
         WHERE NOT EXISTS (SELECT 1 FROM job_charges c WHERE c.job_id = j.id)`,
      )
      .get();
    if (uncharged !== undefined && uncharged.id !== null) {
      yield {
        text: `${counted(uncharged.count, 'job has', 'jobs have')} no charge, such as ${jobTextOfRow(db, uncharged.id)}`,
        mend: inSql(EMPTY_CHARGES),
      };
    }
    const jobless = db
      .prepare<[], Found>(
        `SELECT count(*) AS count, min(c.job_id) AS id FROM job_charges c NOT INDEXED
         WHERE NOT EXISTS (SELECT 1 FROM jobs j NOT INDEXED WHERE j.id = c.job_id)`,
      )
      .get();
    if (jobless !== undefined && jobless.id !== null) {
      yield {
        text: `${counted(jobless.count, 'charge has', 'charges have')} no job, such as that of job row ${jobless.id}`,
        mend: inSql('DELETE FROM job_charges WHERE job_id NOT IN (SELECT id FROM jobs)'),
      };
    }
  },
};
