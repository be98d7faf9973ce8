import { describe, expect, it } from 'vitest';
import type { SyntheticJob } from '../../sample-data/synthetic-job.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';
import { ZoneClock } from '../../src/site/zone-clock.ts';
import { zoneTable } from '../../src/site/zone-table.ts';
import { takeJobs } from './take-jobs.ts';

const zone = zoneTable('America/Denver');
const firstDay = parseLocalDay('2025-10-31');
const LONGEST_OVERRUN_SECONDS = 29;

describe.each(Object.values(machineProfiles))('syntheticJobs of $name', (machine) => {
  const jobs = takeJobs(40_000, { machine, zone, seed: 1, firstDay, jobsPerDay: 5000 });
  const violators = (isRight: (job: SyntheticJob, index: number) => boolean) =>
    jobs.filter((job, index) => !isRight(job, index));

  it('gives the jobs in the order in which they end, from the first day on', () => {
    expect(violators((job, index) => index === 0 || job.end >= jobs[index - 1].end)).toEqual([]);
    expect(new ZoneClock(zone).localDay(jobs[0].end)).toBe(firstDay);
  });

  it('gives no id twice, and the short id within it', () => {
    expect(new Set(jobs.map((job) => job.jobId)).size).toBe(jobs.length);
    expect(violators((job) => job.jobId === `${job.shortId}.${machine.server}`)).toEqual([]);
    expect(violators((job) => /^\d+(\[\d+\])?$/.test(job.shortId))).toEqual([]);
  });

  it('gives numbers that rise with the time of submission', () => {
    const submits = jobs
      .toSorted((one, other) => numberOf(one) - numberOf(other))
      .map((job) => job.submit);
    expect(submits).toEqual(submits.toSorted((one, other) => one - other));
  });

  it('gives arrays whose members share a number, a person and a time of submission', () => {
    const members = jobs.filter(({ shortId }) => shortId.endsWith(']'));
    const arrays = [...Map.groupBy(members, numberOf).values()];
    const isMixed = (array: readonly SyntheticJob[]) =>
      new Set(array.map((job) => `${job.submit} ${job.user}`)).size > 1;
    expect(arrays.length).toBeGreaterThan(20);
    expect(arrays.filter(isMixed)).toEqual([]);
  });

  it('has whole numbers alone, none of them negative', () => {
    const isWhole = (value: unknown) => typeof value !== 'number' || /^\d+$/.test(String(value));
    expect(violators((job) => Object.values(job).every(isWhole))).toEqual([]);
  });

  it('keeps the order of time in a job, and the run between start and end', () => {
    expect(violators((job) => job.submit <= job.eligible && job.eligible < job.start)).toEqual([]);
    expect(violators((job) => job.elapsedSeconds <= job.end - job.start + 1)).toEqual([]);
  });

  it('lets no run go on past its walltime and the scheduler noticing', () => {
    const isBounded = (job: SyntheticJob) =>
      job.walltimeSeconds === null ||
      job.elapsedSeconds <= job.walltimeSeconds + LONGEST_OVERRUN_SECONDS ||
      job.elapsedSeconds > job.end - job.start;
    expect(violators(isBounded)).toEqual([]);
    const hits = jobs.filter((job) => job.elapsedSeconds === job.walltimeSeconds);
    expect(new Set(hits.map((job) => job.status))).toEqual(new Set(['271', '-29']));
  });

  it('uses no more than was there, and memory in whole kB', () => {
    const cpuSeconds = (job: SyntheticJob) => job.numcpus * job.elapsedSeconds;
    expect(violators((job) => (job.cputimeSeconds ?? 0) <= cpuSeconds(job))).toEqual([]);
    expect(violators((job) => (job.cpuPercent ?? 0) <= 100 * job.numcpus)).toEqual([]);
    expect(violators((job) => (job.memoryBytes ?? 0) <= job.reqmemBytes)).toEqual([]);
    expect(violators((job) => (job.memoryBytes ?? 0) % 1024 === 0)).toEqual([]);
    expect(violators((job) => (job.vmemoryBytes ?? 0) % 1024 === 0)).toEqual([]);
  });

  it('states in the select statement what the job has', () => {
    expect(violators((job) => total(job, 'ncpus') === job.numcpus)).toEqual([]);
    expect(violators((job) => total(job, 'ngpus') === job.numgpus)).toEqual([]);
    expect(violators((job) => total(job, 'mpiprocs') === (job.mpiprocs ?? 0))).toEqual([]);
    expect(jobs.some((job) => job.resources.includes('+'))).toBe(true);
  });

  it('names jobs so that a line without quotes can hold them', () => {
    expect(violators(({ name }) => /^[^\p{C}\s,"]{1,230}$/u.test(name))).toEqual([]);
    expect(jobs.some(({ name }) => name.length > 100)).toBe(true);
    const beyondAscii = jobs.filter(({ name }) => !/^[\x21-\x7e]+$/.test(name));
    expect(beyondAscii.length).toBeGreaterThan(0);
    expect(beyondAscii.length).toBeLessThan(jobs.length / 1000);
  });

  it('comes to the number of jobs a day that was asked for', () => {
    const days = (jobs[jobs.length - 1].end - jobs[0].end) / 86_400;
    expect(jobs.length / days).toBeGreaterThan(5000 * 0.8);
    expect(jobs.length / days).toBeLessThan(5000 * 1.25);
  });
});

describe('syntheticJobs', () => {
  it('is as unequal as a real site', () => {
    const { derecho: machine } = machineProfiles;
    const jobs = takeJobs(60_000, { machine, zone, seed: 2, firstDay, jobsPerDay: 5000 });
    const nodes = jobs.map((job) => job.numnodes);
    expect(nodes.filter((count) => count === 1).length).toBeGreaterThan(jobs.length / 3);
    expect(Math.max(...nodes)).toBeGreaterThan(500);
    expect(Math.max(...nodes)).toBeLessThanOrEqual(2048);
    const statuses = new Set(jobs.map((job) => job.status));
    expect(statuses).toEqual(new Set(['0', '1', '2', '127', '137', '143', '265', '271', '-29']));
    expect(jobs.filter((job) => job.status === '0').length).toBeGreaterThan(jobs.length * 0.8);
    const users = Map.groupBy(jobs, (job) => job.user);
    expect(users.size).toBeGreaterThan(200);
    expect(Math.max(...[...users.values()].map((own) => own.length))).toBeGreaterThan(3000);
  });

  it('has jobs that claim a second more than they were there, and only a few', () => {
    const { casper: machine } = machineProfiles;
    const jobs = takeJobs(200_000, { machine, zone, seed: 1, firstDay, jobsPerDay: 8000 });
    const impossible = jobs.filter((job) => job.elapsedSeconds === job.end - job.start + 1);
    expect(impossible.length).toBeGreaterThan(0);
    expect(impossible.length).toBeLessThan(30);
  });
});

function numberOf(job: SyntheticJob): number {
  return Number.parseInt(job.shortId, 10);
}

/** Sums a resource over the chunks of the select statement, such as `4:ncpus=128+1:ncpus=64`. */
function total(job: SyntheticJob, resource: string): number {
  return job.resources.split('+').reduce((sum, chunk) => {
    const perNode = new RegExp(`:${resource}=(\\d+)`).exec(chunk)?.[1] ?? '0';
    return sum + Number.parseInt(chunk, 10) * Number(perNode);
  }, 0);
}
