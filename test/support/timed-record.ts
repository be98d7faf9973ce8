import { endRecord, type Values } from '../sources/pbs-log/log-line.ts';

const SERVER = 'desched1';

/** What of a job matters to reports. What is null is not in its record, nor what follows from it. */
export interface TimedJob {
  readonly id: number;
  readonly user: string;
  readonly account: string | null;
  readonly queue: string;
  readonly priority: string | null;
  readonly nodes: number | null;
  readonly cpus: number | null;
  readonly gpus: number | null;
  /** Of a node, and the threads of each. */
  readonly ranks: number | null;
  readonly threads: number | null;
  /** The wall clock with its offset, such as `2026-03-08T00:30:00-07:00`. */
  readonly ended: string;
  readonly ranHours: number | null;
  readonly askedHours: number | null;
  readonly cpuHours: number | null;
  readonly waitedSeconds: number | null;
  readonly usedGib: number | null;
  readonly askedGib: number | null;
  readonly status: string | null;
}

/** The record of a PBS log of the end of a job, which says all that a ledger can know. */
export function timedRecord(job: TimedJob): string {
  const end = Date.parse(job.ended) / 1000;
  const start = end - (job.ranHours ?? 0) * 3600;
  const submit = start - (job.waitedSeconds ?? 0);
  const { ranks, threads } = job;
  const values: Values = {
    user: job.user,
    account: job.account,
    queue: job.queue,
    ctime: `${submit}`,
    qtime: `${submit}`,
    etime: `${submit}`,
    start: `${start}`,
    end: `${end}`,
    Exit_status: job.status,
    eligible_time: textOf(job.waitedSeconds),
    'Resource_List.job_priority': job.priority,
    'Resource_List.ncpus': textOf(job.cpus),
    'Resource_List.ngpus': textOf(job.gpus),
    'Resource_List.nodect': textOf(job.nodes),
    'Resource_List.mpiprocs': null,
    'Resource_List.ompthreads': null,
    'Resource_List.select':
      ranks === null ? '1:ncpus=1' : `1:ncpus=1:mpiprocs=${ranks}:ompthreads=${threads}`,
    'Resource_List.walltime': seconds(job.askedHours),
    'Resource_List.mem': gib(job.askedGib),
    'resources_used.walltime': seconds(job.ranHours),
    'resources_used.cput': seconds(job.cpuHours),
    'resources_used.mem': gib(job.usedGib),
    'resources_used.vmem': null,
    'resources_used.cpupercent': null,
  };
  return `${endRecord(values, `${job.id}.${SERVER}`)}\n`;
}

function textOf(number: number | null): string | null {
  return number === null ? null : String(number);
}

function seconds(hours: number | null): string | null {
  return hours === null ? null : String(hours * 3600);
}

function gib(size: number | null): string | null {
  return size === null ? null : `${size}gb`;
}
