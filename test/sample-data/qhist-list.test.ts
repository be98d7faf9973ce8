import { describe, expect, it } from 'vitest';
import { LocalTimeText } from '../../sample-data/local-time-text.ts';
import { qhistListJob, qhistListRecord } from '../../sample-data/qhist-list.ts';
import { zoneTable } from '../../src/site/zone-table.ts';
import { exampleJob } from './example-job.ts';
import { exampleHistory, historyText } from './history-of.ts';

const time = new LocalTimeText(zoneTable('America/Denver'));

describe('qhistListJob', () => {
  it('prints a job as qhist does', () => {
    expect(qhistListJob(qhistListRecord(exampleJob(), time))).toBe(
      `4200001.desched1
   User          = kdraunel
   Queue         = cpu
   Job Submit    = 2025-12-31 20:30:33
   Eligible Time = 2025-12-31 20:30:40
   Job Start     = 2025-12-31 20:31:40
   Job End       = 2025-12-31 21:32:22
   Used Mem (GB) = 25.00
   Avg CPU (%)   = 99.61
   Waittime (h)  = 0.02
   Walltime (h)  = 12.00
   Elapsed (h)   = 1.00
   Job Name      = spinup_g025
   Exit Status   = 0
   Account       = UABC0001
   Resources     = 4:ncpus=128:mpiprocs=128:ompthreads=1

`,
    );
  });

  it('prints NULL as N/A', () => {
    const job = exampleJob({ memoryBytes: null, walltimeSeconds: null, cpuPercent: null });
    const text = qhistListJob(qhistListRecord(job, time));
    expect(text.match(/^.* = N\/A$/gm)).toEqual([
      '   Used Mem (GB) = N/A',
      '   Avg CPU (%)   = N/A',
      '   Walltime (h)  = N/A',
    ]);
  });
});

describe('a list export', () => {
  it('is a paragraph for every job, each of the same labels', () => {
    const text = historyText('qhist-list', exampleHistory({ broken: 0 }));
    const paragraphs = text.trimEnd().split('\n\n');
    expect(paragraphs).toHaveLength(2000);
    expect(new Set(paragraphs.map((paragraph) => paragraph.split('\n').length))).toEqual(
      new Set([16]),
    );
  });
});
