import type { HistoryRequest } from '../../sample-data/submitted-jobs.ts';
import type { SyntheticJob } from '../../sample-data/synthetic-job.ts';
import { syntheticJobs } from '../../sample-data/synthetic-jobs.ts';

/** The first jobs of a history. */
export function takeJobs(count: number, request: HistoryRequest): readonly SyntheticJob[] {
  const history = syntheticJobs(request);
  return Array.from({ length: count }, () => history.next().value);
}
