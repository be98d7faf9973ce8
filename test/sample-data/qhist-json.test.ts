import { describe, expect, it } from 'vitest';
import { accountingDetails } from '../../sample-data/accounting-details.ts';
import { LocalTimeText } from '../../sample-data/local-time-text.ts';
import { qhistJsonJob, qhistJsonRecord } from '../../sample-data/qhist-json.ts';
import type { SyntheticJob } from '../../sample-data/synthetic-job.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { zoneTable } from '../../src/site/zone-table.ts';
import { exampleJob } from './example-job.ts';
import { exampleHistory, historyText } from './history-of.ts';

const { derecho: machine } = machineProfiles;
const time = new LocalTimeText(zoneTable(machine.zone));

function printed(fields: Partial<SyntheticJob> = {}): string {
  const job = exampleJob(fields);
  const details = {
    ...accountingDetails(job, machine, 1),
    queued: job.submit,
    eligibleSeconds: 62,
    group: 'univ',
    session: 21_019,
    firstNode: 17,
    firstCore: 0,
    wattsPerNode: 400,
  };
  return qhistJsonJob(qhistJsonRecord({ job, details, machine }, time));
}

describe('qhistJsonJob', () => {
  it('prints a job as qhist does', () => {
    expect(printed({ numcpus: 256, numnodes: 2, mpiprocs: 256, reqmemBytes: 470 * 2 ** 30 })).toBe(
      `        "4200001.desched1": {
            "time": "2025-12-31 21:32:22",
            "type": "E",
            "short_id": "4200001",
            "user": "kdraunel",
            "group": "univ",
            "account": "UABC0001",
            "project": "_pbs_project_default",
            "jobname": "spinup_g025",
            "queue": "cpu",
            "ctime": "2025-12-31 20:30:33",
            "qtime": "2025-12-31 20:30:33",
            "etime": "2025-12-31 20:30:40",
            "start": "2025-12-31 20:31:40",
            "exec_host": "dec0017/0*128+dec0018/0*128",
            "exec_vnode": "(dec0017:ncpus=128:mem=246415360kb:ngpus=0)+(dec0018:ncpus=128:mem=246415360kb:ngpus=0)",
            "Resource_List": {
                "cpu_type": "milan",
                "gpu_type": "a100",
                "job_priority": "regular",
                "mem": 470.0,
                "mpiprocs": "256",
                "ncpus": 256,
                "ngpus": 0,
                "nodect": 2,
                "ompthreads": "1",
                "place": "scatter:exclhost",
                "preempt_targets": "QUEUE=pcpu",
                "select": "4:ncpus=128:mpiprocs=128:ompthreads=1",
                "walltime": 12.0
            },
            "session": "21019",
            "end": "2025-12-31 21:32:22",
            "Exit_status": "0",
            "resources_used": {
                "cpupercent": 51000,
                "cput": 509.7225,
                "mem": 25.000000953674316,
                "ncpus": 256,
                "vmem": 9.5367431640625e-07,
                "walltime": 1.0,
                "x_ncar_cpu_energy": "1440000",
                "x_ncar_energy": "2880000",
                "x_ncar_gpu0_energy": "0",
                "x_ncar_memory_energy": "720000",
                "avgcpu": 199.21875
            },
            "eligible_time": 0.017222222222222222,
            "run_count": 1,
            "waittime": 0.016666666666666666
        }`,
    );
  });

  it('leaves out what PBS did not record', () => {
    const job = JSON.parse(
      `{${printed({
        priority: null,
        walltimeSeconds: null,
        mpiprocs: null,
        cpuPercent: null,
        cputimeSeconds: null,
        memoryBytes: null,
        vmemoryBytes: null,
        preemptTargets: null,
      })}}`,
    )['4200001.desched1'];
    for (const name of ['job_priority', 'walltime', 'mpiprocs', 'preempt_targets']) {
      expect(job.Resource_List).not.toHaveProperty(name);
    }
    expect(Object.keys(job.resources_used).filter((name) => !name.startsWith('x_'))).toEqual([
      'ncpus',
      'walltime',
    ]);
  });

  it('escapes what is not ASCII, as Python does', () => {
    expect(printed({ name: 'été\u{1f300}"x' })).toContain(
      '"jobname": "\\u00e9t\\u00e9\\ud83c\\udf00\\"x"',
    );
  });
});

describe('a JSON export', () => {
  it('is one JSON object with a time of export that the options decide', () => {
    const { timestamp, Jobs: jobs } = JSON.parse(historyText('qhist-json', exampleHistory()));
    expect(new Date(timestamp * 1000).toISOString().slice(0, 10)).toBe('2025-11-05');
    // The key of the two records without an id is the same.
    expect(Object.keys(jobs)).toHaveLength(2000 + 14 - 1);
    expect(jobs['']).toHaveProperty('short_id', '');
  });

  it('is valid without any job', () => {
    const text = historyText('qhist-json', exampleHistory({ jobs: 0, broken: 0 }));
    expect(JSON.parse(text)).toEqual({ timestamp: expect.any(Number), Jobs: {} });
  });
});
