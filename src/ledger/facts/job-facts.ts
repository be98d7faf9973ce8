/**
 * What reports read of each job. The ledger keeps these besides its rows, as columns of segments of jobs, so
 * that a report reads the few numbers that it asks for and not whole rows. The place of a fact in this list is
 * part of the file format: new ones are appended.
 */
export const JOB_FACTS = [
  /** The site-local day of the end, days since 1970-01-01. */
  'end_day',
  'user_id',
  'account_id',
  'queue_id',
  'qos_id',
  /** The id of the exit status in `exit_statuses`. */
  'status_id',
  'elapsed',
  'walltime',
  'cputime',
  'eligible_secs',
  'numcpus',
  'numgpus',
  'numnodes',
  'mpiprocs',
  'ompthreads',
  'reqmem',
  'memory',
  'cpu_hours',
  'gpu_hours',
  'memory_hours',
  'qos_factor',
  /** start - eligible, seconds: the wait of jobs whose eligible_secs nobody recorded. */
  'eligible_to_start',
] as const;

export type JobFact = (typeof JOB_FACTS)[number];

/** The number of each fact. */
export const FACT = factNumbers();

/** How many jobs, by their ids, a segment has at most: some hundred segments for a million jobs. */
export const SEGMENT_IDS = 8192;

/** Rows of the table are numbered by segment, then by fact; more facts than this can never be. */
export const FACTS_PER_SEGMENT = 64;

export function segmentOf(jobId: number): number {
  return Math.floor(jobId / SEGMENT_IDS);
}

/** How many of some jobs, whose ids follow each other, are in the segment of the first. */
export function jobsOfSegment(firstId: number, jobs: number): number {
  return Math.min(jobs, SEGMENT_IDS - (firstId % SEGMENT_IDS));
}

/** The id of the row of `job_facts` that has a fact of a segment. */
export function factRowId(segment: number, fact: number): number {
  return segment * FACTS_PER_SEGMENT + fact;
}

function factNumbers(): Readonly<Record<JobFact, number>> {
  const entries = JOB_FACTS.map((name, number) => [name, number] as const);
  return Object.fromEntries(entries) as Record<JobFact, number>;
}
