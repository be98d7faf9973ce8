import { describe, expect, it } from 'vitest';
import { LocalTimeText } from '../../sample-data/local-time-text.ts';
import { qhistHeader, qhistLine } from '../../sample-data/qhist-csv.ts';
import { zoneTable } from '../../src/site/zone-table.ts';
import { exampleJob } from './example-job.ts';

const time = new LocalTimeText(zoneTable('America/Denver'));

describe('qhistLine', () => {
  it('prints a job as qhist does', () => {
    expect(qhistLine(exampleJob(), time, true)).toBe(
      '4200001.desched1,4200001,UABC0001,99.609375,1,51000,509.7225,milan,1.0,' +
        '2025-12-31 20:30:40,2025-12-31 21:32:22,a100,25.000000953674316,512,spinup_g025,512,' +
        '0,4,1,QUEUE=pcpu,cpu,940.0,4:ncpus=128:mpiprocs=128:ompthreads=1,2025-12-31 20:31:40,0,' +
        '2025-12-31 20:30:33,kdraunel,9.5367431640625e-07,12.0,regular',
    );
  });

  it('prints NULL as nothing', () => {
    const job = exampleJob({
      priority: null,
      walltimeSeconds: null,
      mpiprocs: null,
      ompthreads: null,
      cpuType: null,
      gpuType: null,
      cpuPercent: null,
      cputimeSeconds: null,
      memoryBytes: null,
      vmemoryBytes: null,
      preemptTargets: null,
    });
    expect(qhistLine(job, time, true)).toBe(
      '4200001.desched1,4200001,UABC0001,,1,,,,1.0,2025-12-31 20:30:40,2025-12-31 21:32:22,,,,' +
        'spinup_g025,512,0,4,,,cpu,940.0,4:ncpus=128:mpiprocs=128:ompthreads=1,' +
        '2025-12-31 20:31:40,0,2025-12-31 20:30:33,kdraunel,,,',
    );
  });

  it('has as many fields as the header, with and without priority', () => {
    for (const hasPriority of [true, false]) {
      const columns = hasPriority ? 30 : 29;
      expect(qhistHeader(hasPriority).split(',')).toHaveLength(columns);
      expect(qhistLine(exampleJob(), time, hasPriority).split(',')).toHaveLength(columns);
    }
  });
});
