import { type AccountingDetails, executionPlaces } from './accounting-details.ts';
import type { SyntheticJob } from './synthetic-job.ts';
import type { MachineProfile } from './world/machine-profile.ts';

/** One attribute of a job as PBS names it; each format has its own way to print each kind. */
export type PbsAttribute =
  | { readonly name: string; readonly kind: 'text' | 'account'; readonly value: string }
  | {
      readonly name: string;
      /** Epoch seconds, seconds, a whole number, bytes in whole GB, bytes in whole kB. */
      readonly kind: 'time' | 'duration' | 'count' | 'asked memory' | 'used memory';
      readonly value: number;
    };

/** A job with all that there is to print of it. */
export interface AccountedJob {
  readonly job: SyntheticJob;
  readonly details: AccountingDetails;
  readonly machine: MachineProfile;
}

/** Of a job that was put into a queue; `etime` is 0 until it may start. */
export function queuedAttributes(
  { job, details, machine }: AccountedJob,
  queue: string,
  etime: number,
): readonly PbsAttribute[] {
  return [...submission(job, details, queue, etime), ...resourceList(job, machine)];
}

/** Of a job that starts. */
export function startAttributes(accounted: AccountedJob): readonly PbsAttribute[] {
  const { job, machine } = accounted;
  return [
    ...running(accounted),
    ...resourceList(job, machine),
    usedMemory('resource_assigned.mem', job.reqmemBytes),
    count('resource_assigned.ncpus', job.numcpus),
    count('resource_assigned.ngpus', job.numgpus),
  ];
}

/** Of a job that ended, or that was taken off its nodes to run again. */
export function endAttributes(accounted: AccountedJob): readonly PbsAttribute[] {
  const { job, details, machine } = accounted;
  const attributes = [
    ...running(accounted),
    ...resourceList(job, machine),
    text('session', String(details.session)),
    time('end', job.end),
    text('Exit_status', job.status),
    ...resourcesUsed(accounted),
  ];
  if (details.eligibleSeconds !== null) {
    attributes.push(duration('eligible_time', details.eligibleSeconds));
  }
  attributes.push(count('run_count', job.runCount));
  return attributes;
}

function running({ job, details, machine }: AccountedJob): PbsAttribute[] {
  const { hosts, vnodes } = executionPlaces(job, details, machine.accounting);
  return [
    ...submission(job, details, job.queue, job.eligible),
    time('start', job.start),
    text('exec_host', hosts),
    text('exec_vnode', vnodes),
  ];
}

function submission(
  job: SyntheticJob,
  { group, queued }: AccountingDetails,
  queue: string,
  etime: number,
): PbsAttribute[] {
  return [
    text('user', job.user),
    text('group', group),
    { name: 'account', kind: 'account', value: job.account },
    text('project', '_pbs_project_default'),
    text('jobname', job.name),
    text('queue', queue),
    time('ctime', job.submit),
    time('qtime', queued),
    time('etime', etime),
  ];
}

function resourceList(job: SyntheticJob, { accounting }: MachineProfile): PbsAttribute[] {
  const list: PbsAttribute[] = [];
  const add = (name: string, value: string | number | null) => {
    if (value !== null) list.push(text(`Resource_List.${name}`, String(value)));
  };
  add('cpu_type', job.cpuType);
  add('gpu_type', job.gpuType);
  add('job_priority', job.priority);
  list.push({ name: 'Resource_List.mem', kind: 'asked memory', value: job.reqmemBytes });
  add('mpiprocs', job.mpiprocs);
  if (accounting.unusedResource !== null) add(accounting.unusedResource, 0);
  list.push(
    count('Resource_List.ncpus', job.numcpus),
    count('Resource_List.ngpus', job.numgpus),
    count('Resource_List.nodect', job.numnodes),
  );
  add('ompthreads', job.ompthreads);
  // The nodes of a development queue are shared, and its name says what it is.
  add('place', job.queue.includes('dev') ? accounting.sharedPlace : accounting.place);
  add('preempt_targets', job.preemptTargets);
  add('select', job.resources);
  if (job.walltimeSeconds !== null) {
    list.push(duration('Resource_List.walltime', job.walltimeSeconds));
  }
  return list;
}

function resourcesUsed({ job, details, machine }: AccountedJob): PbsAttribute[] {
  const used: PbsAttribute[] = [];
  if (job.cpuPercent !== null) used.push(count('resources_used.cpupercent', job.cpuPercent));
  if (job.cputimeSeconds !== null) used.push(duration('resources_used.cput', job.cputimeSeconds));
  if (job.memoryBytes !== null) used.push(usedMemory('resources_used.mem', job.memoryBytes));
  used.push(count('resources_used.ncpus', job.numcpus));
  if (job.vmemoryBytes !== null) used.push(usedMemory('resources_used.vmem', job.vmemoryBytes));
  used.push(duration('resources_used.walltime', job.elapsedSeconds));
  if (machine.accounting.hasEnergy) {
    const joules = details.wattsPerNode * job.numnodes * job.elapsedSeconds;
    used.push(
      text('resources_used.x-ncar-cpu-energy', String(Math.floor(joules / 2))),
      text('resources_used.x-ncar-energy', String(joules)),
      text(
        'resources_used.x-ncar-gpu0-energy',
        String(job.numgpus === 0 ? 0 : Math.floor(joules / 8)),
      ),
      text('resources_used.x-ncar-memory-energy', String(Math.floor(joules / 4))),
    );
  }
  return used;
}

function text(name: string, value: string): PbsAttribute {
  return { name, kind: 'text', value };
}

function time(name: string, value: number): PbsAttribute {
  return { name, kind: 'time', value };
}

function duration(name: string, value: number): PbsAttribute {
  return { name, kind: 'duration', value };
}

function count(name: string, value: number): PbsAttribute {
  return { name, kind: 'count', value };
}

function usedMemory(name: string, value: number): PbsAttribute {
  return { name, kind: 'used memory', value };
}
