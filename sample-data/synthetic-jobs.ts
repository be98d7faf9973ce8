import { ZoneClock } from '../src/site/zone-clock.ts';
import { type HistoryRequest, submittedJobs } from './submitted-jobs.ts';
import type { SyntheticJob } from './synthetic-job.ts';
import { TimeOrderedHeap } from './time-ordered-heap.ts';

/**
 * The jobs of a machine in the order in which they end, without end: take as many as are wanted. What is
 * kept in memory is the jobs that are queued or running at one moment, however long the history.
 */
export function* syntheticJobs(request: HistoryRequest): Generator<SyntheticJob, never> {
  const firstSecond = new ZoneClock(request.zone).dayStart(request.firstDay);
  const unfinished = new TimeOrderedHeap<SyntheticJob>();
  const submitted = submittedJobs(request);
  for (let order = 0; ; order++) {
    const job = submitted.next().value;
    // No later job can end before it is submitted, so whatever has ended by now is next in order.
    for (;;) {
      const ended = unfinished.popDueBy(job.submit);
      if (ended === undefined) break;
      if (ended.end >= firstSecond) yield ended;
    }
    unfinished.push(job, job.end, order);
  }
}
