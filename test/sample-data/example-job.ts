import type { SyntheticJob } from '../../sample-data/synthetic-job.ts';

/** A job with every field filled, for tests that care about few of them. */
export function exampleJob(fields: Partial<SyntheticJob> = {}): SyntheticJob {
  return {
    jobId: '4200001.desched1',
    shortId: '4200001',
    name: 'spinup_g025',
    user: 'kdraunel',
    account: 'UABC0001',
    queue: 'cpu',
    priority: 'regular',
    status: '0',
    submit: 1_767_238_233,
    eligible: 1_767_238_240,
    start: 1_767_238_300,
    end: 1_767_241_942,
    elapsedSeconds: 3600,
    walltimeSeconds: 43_200,
    runCount: 1,
    numcpus: 512,
    numgpus: 0,
    numnodes: 4,
    mpiprocs: 512,
    ompthreads: 1,
    cpuType: 'milan',
    gpuType: 'a100',
    cpuPercent: 51_000,
    cputimeSeconds: 1_835_001,
    reqmemBytes: 940 * 2 ** 30,
    memoryBytes: 25 * 2 ** 30 + 1024,
    vmemoryBytes: 1024,
    resources: '4:ncpus=128:mpiprocs=128:ompthreads=1',
    preemptTargets: 'QUEUE=pcpu',
    ...fields,
  };
}
