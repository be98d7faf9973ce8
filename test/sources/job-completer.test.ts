import { describe, expect, it } from 'vitest';
import { INCOMPLETE } from '../../src/job/job-batch.ts';
import type { DecodedJob } from './decode-batch.ts';
import {
  ALL_LABELS,
  DEFAULT_LABELS,
  exportText,
  type JobFields,
  type Label,
} from './qhist-csv/export-line.ts';
import { readExport } from './qhist-csv/read-export.ts';
import { readingContextOf } from './reading-context-of.ts';

/** What an export in America/Denver prints for an epoch time of 0. */
const LOCAL_EPOCH = '1969-12-31 17:00:00';
const NO_RESOURCES = { Resources: '2:ncpus=128', 'MPI Tasks': '', Threads: '' };

describe('a lost time', () => {
  it.each([LOCAL_EPOCH, '0'])('of the start, %s, is the run time before the end', (lost) => {
    const job = read({ 'Job Start': lost });
    expect(job.start).toBe(epoch('2026-01-15T10:00:00-07:00'));
  });

  it('of the start stays unknown without a run time', () => {
    expect(read({ 'Job Start': LOCAL_EPOCH, Elapsed: '' }).start).toBeNull();
  });

  it.each([LOCAL_EPOCH, '0'])('of eligibility, %s, is the submission', (lost) => {
    const job = read({ 'Eligible Time': lost });
    expect(job.eligible).toBe(epoch('2026-01-15T08:00:00-07:00'));
    expect(job.eligible).toBe(job.submit);
  });

  it('is not repaired where the field is empty: nothing was lost', () => {
    expect(read({ 'Job Start': '', 'Eligible Time': '' })).toMatchObject({
      start: null,
      eligible: null,
    });
  });

  it('that would lie before the submission is a reject', () => {
    const { rejects } = readExport(exportText([{ 'Job Start': LOCAL_EPOCH, Elapsed: '100.0' }]));
    expect(rejects).toMatchObject([{ code: 'end-before-start' }]);
  });
});

describe('the order of times', () => {
  it('may be that all are one', () => {
    const now = '2026-01-15 08:00:00';
    const job = read({ 'Eligible Time': now, 'Job Start': now, 'Job End': now, Elapsed: '0.0' });
    expect(job).toMatchObject({ start: job.submit, end: job.submit, elapsed: 0 });
  });
});

describe('ranks and threads', () => {
  it.each<[string, JobFields, number | null]>([
    ['the select statement', { Resources: '2:mpiprocs=36', 'MPI Tasks': '64' }, 36],
    ['the select statement alone', { Resources: '2:mpiprocs=36', 'MPI Tasks': '' }, 36],
    ['the tasks of the whole job', { ...NO_RESOURCES, 'MPI Tasks': '64' }, 32],
    ['those, rounded up', { ...NO_RESOURCES, 'MPI Tasks': '65' }, 33],
    ['those on one node', { ...NO_RESOURCES, 'MPI Tasks': '64', Nodes: '1' }, 64],
    ['those without nodes', { ...NO_RESOURCES, 'MPI Tasks': '64', Nodes: '0' }, 64],
    ['nothing', NO_RESOURCES, null],
  ])('per node come from %s', (_, fields, ranks) => {
    expect(read(fields).mpiprocs).toBe(ranks);
  });

  it.each<[string, JobFields, number | null]>([
    ['the select statement', { Resources: '2:ompthreads=8', Threads: '4' }, 8],
    ['the column', { ...NO_RESOURCES, Threads: '4' }, 4],
    ['nothing', NO_RESOURCES, null],
  ])('threads come from %s', (_, fields, threads) => {
    expect(read(fields).ompthreads).toBe(threads);
  });

  it('do not come from the job before', () => {
    const labels = ALL_LABELS.filter((label) => label !== 'MPI Tasks' && label !== 'Threads');
    const jobs = [{ Resources: '2:mpiprocs=36:ompthreads=8' }, { Resources: '2:ncpus=1' }, {}];
    const read = readExport(exportText(jobs, labels)).jobs;
    expect(read.map(({ mpiprocs, ompthreads }) => [mpiprocs, ompthreads])).toEqual([
      [36, 8],
      [null, null],
      [32, 4],
    ]);
  });
});

describe('the account', () => {
  it('is "none" where the record has none', () => {
    expect(read({ Account: '' }).account).toBe('none');
    const labels = ALL_LABELS.filter((label) => label !== 'Account');
    expect(readExport(exportText([{}], labels)).jobs).toMatchObject([{ account: 'none' }]);
  });

  it('is the same whether it was left out or spelt', () => {
    const { jobs } = readExport(exportText([{ Account: '' }, { Account: 'none' }, {}]));
    expect(jobs.map(({ account }) => account)).toEqual(['none', 'none', 'NUMB0001']);
  });
});

describe('the hardware', () => {
  const said = { Resources: '1:ncpus=4:cpu_type=rome+1:ngpus=1:gpu_type=mi50' };

  it.each<[string, string, JobFields, string | null, string | null]>([
    ['derecho', 'the machine', {}, 'milan', null],
    ['casper', 'nowhere', {}, null, null],
    ['derecho', 'the queue', { Queue: 'a100' }, null, 'a100'],
    ['casper', 'the queue', { Queue: 'a100' }, null, 'a100'],
    ['casper', 'the queue', { Queue: 'h100' }, null, 'h100'],
    ['casper', 'the queue', { Queue: 'l40' }, null, 'l40'],
    ['casper', 'the queue', { Queue: 'nvgpu' }, null, 'v100'],
    ['casper', 'nowhere, for a name like that of a queue', { Queue: 'a100x' }, null, null],
    ['derecho', 'the machine, for any queue', { Queue: 'gpudev' }, 'milan', null],
    ['derecho', 'the columns', { 'CPU Type': 'genoa', 'GPU Type': 'h200' }, 'genoa', 'h200'],
    ['derecho', 'a column', { 'GPU Type': 'h200' }, null, 'h200'],
    ['casper', 'a column, not the queue', { Queue: 'a100', 'CPU Type': 'genoa' }, 'genoa', null],
    ['derecho', 'the select statement', said, 'rome', 'mi50'],
    ['casper', 'the select statement, not the queue', { ...said, Queue: 'nvgpu' }, 'rome', 'mi50'],
    [
      'derecho',
      'the select statement, not the columns',
      { ...said, 'CPU Type': 'genoa', 'GPU Type': 'h200' },
      'rome',
      'mi50',
    ],
  ])('on %s comes from %s', (machine, _, fields, cputype, gputype) => {
    expect(read(fields, machine)).toMatchObject({ cputype, gputype });
  });

  it('does not come from the job before, also where the export has no such column', () => {
    const jobs = [{ Resources: '1:cpu_type=rome' }, { Queue: 'a100' }, { Queue: 'main' }];
    for (const labels of [ALL_LABELS, DEFAULT_LABELS]) {
      const read = readExport(exportText(jobs, labels)).jobs;
      expect(read.map(({ cputype, gputype }) => [cputype, gputype])).toEqual([
        ['rome', null],
        [null, 'a100'],
        ['milan', null],
      ]);
    }
  });
});

describe('the charge', () => {
  it.each<[string, JobFields, [number, number, number]]>([
    ['derecho', { Queue: 'main', NCPUs: '8', 'Used Mem': '4.0' }, [384, 0, 6]],
    ['derecho', { Queue: 'maingpu', NCPUs: '8', NGPUs: '3' }, [384, 12, 41.625]],
    ['derecho', { Queue: 'maindev', NCPUs: '8', NGPUs: '3' }, [12, 0, 41.625]],
    ['derecho', { Queue: 'gpudev', NCPUs: '8', NGPUs: '3' }, [12, 4.5, 41.625]],
    ['casper', { Queue: 'a100', NCPUs: '8', NGPUs: '3' }, [12, 4.5, 41.625]],
  ])('on %s of %j', (machine, fields, [cpu_hours, gpu_hours, memory_hours]) => {
    expect(read(fields, machine)).toMatchObject({
      cpu_hours,
      gpu_hours,
      memory_hours,
      incomplete: 0,
    });
  });

  it.each<[string, string, number, readonly Label[], JobFields]>([
    ['derecho', 'without counts', INCOMPLETE.cpu, DEFAULT_LABELS, {}],
    [
      'derecho',
      'without counts, in a GPU queue',
      INCOMPLETE.cpu | INCOMPLETE.gpu,
      DEFAULT_LABELS,
      { Queue: 'gpu' },
    ],
    ['casper', 'without counts', INCOMPLETE.cpu | INCOMPLETE.gpu, DEFAULT_LABELS, {}],
    ['derecho', 'without nodes', INCOMPLETE.cpu, ALL_LABELS, { Nodes: '' }],
    ['derecho', 'without CPUs, which are not charged', 0, ALL_LABELS, { NCPUs: '' }],
    ['casper', 'without CPUs', INCOMPLETE.cpu, ALL_LABELS, { NCPUs: '' }],
    ['casper', 'without GPUs', INCOMPLETE.gpu, ALL_LABELS, { NGPUs: '' }],
    ['casper', 'without memory', INCOMPLETE.memory, ALL_LABELS, { 'Used Mem': '' }],
    [
      'derecho',
      'without a run time',
      INCOMPLETE.cpu | INCOMPLETE.memory,
      ALL_LABELS,
      { Elapsed: '' },
    ],
    ['casper', 'with all', 0, ALL_LABELS, {}],
  ])('on %s of a job %s is incomplete by %d', (machine, _, incomplete, labels, fields) => {
    const [job] = readExport(exportText([fields], labels), { machine }).jobs;
    expect(job.incomplete).toBe(incomplete);
    const { cpu_hours, gpu_hours, memory_hours } = job;
    expect(cpu_hours === 0).toBe((incomplete & INCOMPLETE.cpu) !== 0);
    expect(memory_hours === 0).toBe((incomplete & INCOMPLETE.memory) !== 0);
    expect(gpu_hours).toBe(0);
  });

  it('has the QoS of the queue, else of the priority, else the default', () => {
    const labels: Label[] = [...ALL_LABELS, 'Priority'];
    const jobs: JobFields[] = [
      { Priority: 'premium' },
      { Priority: 'economy' },
      { Priority: 'lofty' },
      { Priority: '' },
      { Priority: 'premium', Queue: 'jhublogin' },
    ];
    const { qos } = readingContextOf('derecho').charging;
    const read = readExport(exportText(jobs, labels)).jobs;
    expect(read.map(({ qosCode }) => qos[qosCode].name)).toEqual([
      'premium',
      'economy',
      'regular',
      'regular',
      'uncharged',
    ]);
    expect(read[2].priority).toBe('lofty');
  });
});

describe('the day', () => {
  it.each([
    ['2026-01-15 23:59:59', '2026-01-15'],
    ['2026-01-16 00:00:00', '2026-01-16'],
    ['2026-07-15 23:59:59', '2026-07-15'],
  ])('of an end at %s is %s', (end, day) => {
    expect(read({ 'Job End': end }).endDay).toBe(Date.parse(day) / 86_400_000);
  });
});

function read(fields: JobFields, machine = 'derecho'): DecodedJob {
  const { jobs, rejects } = readExport(exportText([fields]), { machine });
  expect(rejects).toEqual([]);
  return jobs[0];
}

function epoch(text: string): number {
  return Date.parse(text) / 1000;
}
