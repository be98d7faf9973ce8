import { describe, expect, it } from 'vitest';
import { accountingDetails, executionPlaces } from '../../sample-data/accounting-details.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';
import { zoneTable } from '../../src/site/zone-table.ts';
import { exampleJob } from './example-job.ts';
import { takeJobs } from './take-jobs.ts';

const { derecho: machine } = machineProfiles;
const jobs = takeJobs(20_000, {
  machine,
  zone: zoneTable(machine.zone),
  seed: 1,
  firstDay: parseLocalDay('2025-01-01'),
  jobsPerDay: 5000,
});
const all = jobs.map((job) => ({ job, details: accountingDetails(job, machine, 1) }));

describe('accountingDetails', () => {
  it('is decided by the job, whatever was asked before', () => {
    for (const { job, details } of all.slice(-100)) {
      expect(accountingDetails(job, machine, 1)).toEqual(details);
    }
  });

  it('keeps the order of time', () => {
    const isInOrder = ({ job, details }: (typeof all)[number]) =>
      job.submit <= details.queued &&
      details.queued <= job.eligible &&
      (details.altered === null ||
        (details.altered >= job.eligible && details.altered < job.start)) &&
      (details.deleted === null || (details.deleted >= job.start && details.deleted <= job.end));
    expect(all.filter((one) => !isInOrder(one))).toEqual([]);
  });

  it('breaks off a run only of a job that ran again, before its last start', () => {
    const again = all.filter(({ details }) => details.brokenOffRun !== null);
    expect(again.length).toBeGreaterThan(0);
    for (const { job, details } of again) {
      expect(job.runCount).toBeGreaterThan(1);
      expect(details.brokenOffRun?.start).toBeGreaterThan(job.eligible);
      expect(details.brokenOffRun?.end).toBeLessThan(job.start);
    }
  });

  it('knows the eligible time of nearly every job', () => {
    const unknown = all.filter(({ details }) => details.eligibleSeconds === null).length;
    expect(unknown).toBeGreaterThan(0);
    expect(unknown).toBeLessThan(all.length / 50);
  });
});

describe('executionPlaces', () => {
  const accounting = { ...machine.accounting, nodes: 2488 };
  const details = { ...all[0].details, firstNode: 2487, firstCore: 0 };

  it('names every node, and begins again after the last', () => {
    const job = exampleJob({ numcpus: 384, numnodes: 3, numgpus: 0, reqmemBytes: 705 * 2 ** 30 });
    expect(executionPlaces(job, details, accounting)).toEqual({
      hosts: 'dec2487/0*128+dec2488/0*128+dec0001/0*128',
      vnodes:
        '(dec2487:ncpus=128:mem=246415360kb:ngpus=0)+(dec2488:ncpus=128:mem=246415360kb:ngpus=0)' +
        '+(dec0001:ncpus=128:mem=246415360kb:ngpus=0)',
    });
  });

  it('leaves out the number of a single CPU', () => {
    const job = exampleJob({ numcpus: 1, numnodes: 1, numgpus: 1, reqmemBytes: 10 * 2 ** 30 });
    expect(executionPlaces(job, { ...details, firstCore: 15 }, accounting)).toEqual({
      hosts: 'dec2487/15',
      vnodes: '(dec2487:ncpus=1:mem=10485760kb:ngpus=1)',
    });
  });
});
