import { parseSelectStatement } from '../../src/sources/select-statement.ts';
import type { SyntheticJob } from '../synthetic-job.ts';

/** What a cell of a row is bound to. */
export type OldCell = string | number | null;

/** The columns of a row, in its order. */
export const OLD_ROW_COLUMNS = [
  'job_id',
  'short_id',
  'name',
  'user',
  'account',
  'queue',
  'status',
  'submit',
  'eligible',
  'start',
  'end',
  'elapsed',
  'walltime',
  'cputime',
  'numcpus',
  'numgpus',
  'numnodes',
  'mpiprocs',
  'ompthreads',
  'reqmem',
  'memory',
  'vmemory',
  'cputype',
  'gputype',
  'resources',
  'ptargets',
  'cpupercent',
  'avgcpu',
  'count',
] as const;

/**
 * A job as the tool kept it: times as UTC text with microseconds, whole seconds, bytes, the ranks and threads of
 * the select statement alone, and no hardware types, which it could not find in what qhist printed.
 */
export function oldJobRow(job: SyntheticJob): OldCell[] {
  const { mpiprocs, ompthreads } = parseSelectStatement(job.resources);
  return [
    job.jobId,
    Number.parseInt(job.shortId, 10),
    job.name,
    job.user,
    job.account,
    job.queue,
    job.status,
    timeText(job.submit),
    timeText(job.eligible),
    timeText(job.start),
    timeText(job.end),
    job.elapsedSeconds,
    job.walltimeSeconds,
    job.cputimeSeconds,
    job.numcpus,
    job.numgpus,
    job.numnodes,
    mpiprocs,
    ompthreads,
    job.reqmemBytes,
    job.memoryBytes,
    job.vmemoryBytes,
    null,
    null,
    job.resources,
    job.preemptTargets,
    job.cpuPercent,
    job.cpuPercent === null ? null : job.cpuPercent / job.numcpus,
    job.runCount,
  ];
}

/** As SQLAlchemy writes a time into SQLite. */
function timeText(utcSeconds: number): string {
  const iso = new Date(utcSeconds * 1000).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}.000000`;
}
