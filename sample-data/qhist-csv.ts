import type { LocalTimeText } from './local-time-text.ts';
import { pythonFloat } from './python-float.ts';
import type { SyntheticJob } from './synthetic-job.ts';

/** The labels of `qhist --csv` with all fields; the first two are the full and the short id. */
const LABELS =
  'Job ID,Job ID,Account,Avg CPU,Num Runs,CPU Percent,CPU Time,CPU Type,Elapsed,Eligible Time,' +
  'Job End,GPU Type,Used Mem,MPI Tasks,Job Name,NCPUs,NGPUs,Nodes,Threads,Preempt Targets,Queue,' +
  'Req Mem,Resources,Job Start,Exit Status,Job Submit,User,Virt Mem,Walltime';

const GIBIBYTE = 2 ** 30;

/** Positions of columns in a line, for what needs to find its way in one. */
export const QHIST_COLUMN = {
  jobId: 0,
  shortId: 1,
  end: 10,
  name: 14,
  numcpus: 15,
  start: 23,
} as const;

/** @param hasPriority whether the machine's qhist is configured to show a last column `Priority`. */
export function qhistHeader(hasPriority: boolean): string {
  return hasPriority ? `${LABELS},Priority` : LABELS;
}

/**
 * One job as qhist prints it, without the line end: joined by commas and never quoted, NULL empty, times
 * on the wall clock, durations in hours, memory in GB of 2^30 bytes.
 */
export function qhistLine(job: SyntheticJob, time: LocalTimeText, hasPriority: boolean): string {
  const averageCpu = job.cpuPercent === null ? '' : pythonFloat(job.cpuPercent / job.numcpus);
  const line =
    `${job.jobId},${job.shortId},${job.account},${averageCpu},${job.runCount},` +
    `${job.cpuPercent ?? ''},${hours(job.cputimeSeconds)},${job.cpuType ?? ''},` +
    `${hours(job.elapsedSeconds)},${time.print(job.eligible)},${time.print(job.end)},` +
    `${job.gpuType ?? ''},${gigabytes(job.memoryBytes)},${job.mpiprocs ?? ''},${job.name},` +
    `${job.numcpus},${job.numgpus},${job.numnodes},${job.ompthreads ?? ''},` +
    `${job.preemptTargets ?? ''},${job.queue},${gigabytes(job.reqmemBytes)},${job.resources},` +
    `${time.print(job.start)},${job.status},${time.print(job.submit)},${job.user},` +
    `${gigabytes(job.vmemoryBytes)},${hours(job.walltimeSeconds)}`;
  return hasPriority ? `${line},${job.priority ?? ''}` : line;
}

function hours(seconds: number | null): string {
  return seconds === null ? '' : pythonFloat(seconds / 3600);
}

function gigabytes(bytes: number | null): string {
  return bytes === null ? '' : pythonFloat(bytes / GIBIBYTE);
}
