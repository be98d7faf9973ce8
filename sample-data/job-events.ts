import { ZoneClock } from '../src/site/zone-clock.ts';
import { accountingDetails, type BrokenOffRun } from './accounting-details.ts';
import type { AccountedJob } from './pbs-attributes.ts';
import { type HistoryRequest, submittedJobs } from './submitted-jobs.ts';
import type { SyntheticJob } from './synthetic-job.ts';
import { TimeOrderedHeap } from './time-ordered-heap.ts';

/** By the letters that PBS has for them: queued, altered, started, broken off to run again, deleted, ended. */
export type JobEventType = 'Q' | 'a' | 'S' | 'R' | 'D' | 'E';

export interface JobEvent {
  readonly type: JobEventType;
  /** Epoch seconds. */
  readonly second: number;
  /** At the start and the end of a run that was broken off, with the times of that run. */
  readonly accounted: AccountedJob;
}

/**
 * What happens on a machine in the order of time, from the first day on and without end. The ends come in
 * the order in which `syntheticJobs` gives the jobs. What is kept in memory is the jobs that are queued or
 * running at one moment, each with the events that it has before it.
 */
export function* jobEvents(request: HistoryRequest): Generator<JobEvent, never> {
  const { machine, seed, zone, firstDay } = request;
  const firstSecond = new ZoneClock(zone).dayStart(firstDay);
  const unfinished = new TimeOrderedHeap<Course>();
  const submitted = submittedJobs(request);
  for (let order = 0; ; order++) {
    const job = submitted.next().value;
    // Nothing can happen to a later job before it is submitted.
    for (;;) {
      const course = unfinished.popDueBy(job.submit);
      if (course === undefined) break;
      const event = course.events[course.next++];
      const following = course.events[course.next];
      if (following !== undefined) unfinished.push(course, following.second, course.order);
      if (event.second >= firstSecond) yield event;
    }
    const accounted = { job, details: accountingDetails(job, machine, seed), machine };
    const events = eventsOf(accounted);
    unfinished.push({ events, order, next: 0 }, events[0].second, order);
  }
}

/** The events of one job in the order of time, and which is the next. */
interface Course {
  readonly events: readonly JobEvent[];
  readonly order: number;
  next: number;
}

function eventsOf(accounted: AccountedJob): readonly JobEvent[] {
  const { job, details } = accounted;
  const events: JobEvent[] = [];
  const add = (type: JobEventType, second: number, what = accounted) =>
    events.push({ type, second, accounted: what });
  if (isQueuedItself(job)) add('Q', details.queued);
  const { altered, deleted, brokenOffRun } = details;
  if (altered !== null) add('a', altered);
  if (brokenOffRun !== null) {
    const first = { ...accounted, job: brokenOff(job, brokenOffRun) };
    add('S', brokenOffRun.start, first);
    add('R', brokenOffRun.end, first);
  }
  add('S', job.start);
  if (deleted !== null) add('D', deleted);
  add('E', job.end);
  return events.sort((one, other) => one.second - other.second);
}

/** An array is put into the queue as a whole, which its first member stands for. */
function isQueuedItself({ shortId }: SyntheticJob): boolean {
  return !shortId.endsWith(']') || shortId.endsWith('[1]');
}

function brokenOff(job: SyntheticJob, { start, end }: BrokenOffRun): SyntheticJob {
  return {
    ...job,
    start,
    end,
    elapsedSeconds: end - start,
    status: '-11',
    runCount: 1,
    cpuPercent: null,
    cputimeSeconds: null,
    memoryBytes: null,
    vmemoryBytes: null,
  };
}
