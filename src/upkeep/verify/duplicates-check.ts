import { counted } from './counted.ts';
import { jobText } from './job-text.ts';
import { MENDS } from './mends.ts';
import type { VerifyCheck } from './verify-check.ts';

export const duplicatesCheck: VerifyCheck = {
  name: 'duplicates',
  sound: 'no job is there twice',
  *run(db) {
    // In the order of the index, so that equal jobs follow each other and nothing is sorted.
    const found = db
      .prepare<[], { count: number; job_id: string | null; submit: number }>(
        `SELECT count(*) AS count, min(job_id) AS job_id, submit FROM (
           SELECT job_id, submit FROM jobs INDEXED BY ux_jobs_job_id_submit
           GROUP BY job_id, submit HAVING count(*) > 1)`,
      )
      .get();
    if (found === undefined || found.job_id === null) return;
    yield {
      text: `${counted(found.count, 'job is', 'jobs are')} there more than once, such as ${jobText(found.job_id, found.submit)}`,
      mend: MENDS.rebuild,
    };
  },
};
