import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { type IngestProgress, ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerContent, ledgerJobs, ledgerSummary } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { queryColumn, queryLedger } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

describe('an export in a new ledger', () => {
  it.each([
    [
      'derecho',
      [
        ['101.desched1', 384, 0, 6, 1.5],
        ['102.desched1', 64, 2, 5, 0.7],
        ['103[7].desched1', 4, 0.5, 2, 1],
        ['104.desched1', 4, 0, 2, 1],
        ['105.desched1', 128, 0, 0.5, 0],
      ],
    ],
    [
      'casper',
      [
        ['101.desched1', 108, 0, 6, 1.5],
        ['102.desched1', 32, 2, 5, 0.7],
        ['103[7].desched1', 4, 0.5, 2, 1],
        ['104.desched1', 4, 0, 2, 1],
        ['105.desched1', 1, 0, 0.5, 0],
      ],
    ],
  ])('is charged by the rules of %s', async (machine, charges) => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [file], { machine: presetMachine(machine) });
    expect(
      ledgerJobs(ledger).map((job) => [
        job.job_id,
        job.cpu_hours,
        job.gpu_hours,
        job.memory_hours,
        job.qos_factor,
      ]),
    ).toEqual(charges);
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('has every field of a job', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport([{}, { 'Job ID': '6049117[28].desched1' }]));
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [file]);
    const [arrayMember, job] = ledgerJobs(ledger);
    expect(job).toEqual({
      job_id: '7001.sched1',
      short_id: 7001,
      array_index: null,
      name: 'engine',
      user: 'ada',
      account: 'NUMB0001',
      queue: 'main',
      qos: 'premium',
      status: '0',
      submit: utc('2026-01-15T15:00:00Z'),
      queued: null,
      eligible: utc('2026-01-15T15:00:05Z'),
      start: utc('2026-01-15T17:00:00Z'),
      end: utc('2026-01-15T18:30:00Z'),
      elapsed: 5400,
      walltime: 43_200,
      cputime: 692_100,
      eligible_secs: null,
      numcpus: 256,
      numgpus: 0,
      numnodes: 2,
      mpiprocs: 32,
      ompthreads: 4,
      reqmem: 470 * 2 ** 30,
      memory: 27.75 * 2 ** 30,
      vmemory: 27.5 * 2 ** 30,
      cputype: 'milan',
      gputype: null,
      resources: '2:ncpus=128:mpiprocs=32:ompthreads=4',
      ptargets: 'QUEUE=spare',
      priority: 'premium',
      cpupercent: 12_800,
      avgcpu: 50,
      count: 1,
      file,
      line: 2,
      cpu_hours: 384,
      gpu_hours: 0,
      memory_hours: 41.625,
      qos_factor: 1.5,
      charge_version: 1,
      incomplete: 0,
    });
    expect(arrayMember).toMatchObject({ short_id: 6_049_117, array_index: 28, line: 3 });
  });

  it('is summarised by day, user, account and queue', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [file]);
    expect(ledgerSummary(ledger).map((row) => Object.values(row))).toEqual([
      ['2026-01-15', 1, 384, 0, 6, 576, 0, 9, 'ada', 'NUMB0001', 'cpu'],
      ['2026-01-15', 1, 4, 0.5, 2, 4, 0.5, 2, 'ada', 'NUMB0001', 'gpudev'],
      ['2026-01-15', 1, 64, 2, 5, 44.8, 1.4, 3.5, 'bob', 'NUMB0002', 'gpu'],
      ['2026-01-16', 1, 4, 0, 2, 4, 0, 2, 'ada', 'none', 'cpudev'],
      ['2026-01-16', 1, 128, 0, 0.5, 0, 0, 0, 'carl', 'NUMB0002', 'jhublogin'],
    ]);
  });

  it('has its names once each and nothing stale', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [file]);
    expect(ledgerContent(ledger)).toMatchObject({
      machine: [{ machine: 'derecho', time_zone: 'America/Denver' }],
      users: ['ada', 'bob', 'carl'],
      accounts: ['NUMB0001', 'NUMB0002', 'none'],
      queues: ['cpu', 'cpudev', 'gpu', 'gpudev', 'jhublogin'],
      qos: [
        { name: 'economy', factor: 0.7 },
        { name: 'premium', factor: 1.5 },
        { name: 'regular', factor: 1 },
        { name: 'special', factor: 1 },
        { name: 'uncharged', factor: 0 },
      ],
      rejects: [],
      staleDays: [],
    });
  });

  it('is told of in the result', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const result = await ingestFiles(folder.file('ledger.db'), [file]);
    const sizeBytes = statSync(file).size;
    const counts = {
      lines: 5,
      jobs: 5,
      duplicates: 0,
      rejects: 0,
      skippedLines: 0,
      otherRecords: {},
      undecidedTimes: 0,
      repairedLines: 0,
      committedBytes: sizeBytes,
    };
    expect(result).toMatchObject({
      runId: 1,
      files: [{ path: file, sizeBytes, counts, unknownLabels: [] }],
      totals: counts,
      days: ['2026-01-15', '2026-01-16'],
    });
  });

  it('is in the journal, read to its end', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [file]);
    const size = statSync(file).size;
    expect(queryLedger(ledger, 'SELECT * FROM v_source_files')).toMatchObject([
      { path: file, size_bytes: size, committed_offset: size, lines: 5, jobs: 5, last_run_id: 1 },
    ]);
    expect(queryLedger(ledger, 'SELECT * FROM runs')).toMatchObject([
      {
        id: 1,
        command: 'ingest',
        status: 'complete',
        qledger_version: '0.0.0-test',
        charge_version: 1,
        error: null,
      },
    ]);
    expect(queryColumn(ledger, 'SELECT step FROM run_steps')).toContain('load');
    expect(queryColumn(ledger, 'SELECT DISTINCT run_id FROM jobs')).toEqual([1]);
  });
});

describe('the same export once more', () => {
  it('says nothing new and leaves the ledger as it was', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [file]);
    const before = ledgerContent(ledger);
    const { totals, days, runId, unchanged } = await ingestFiles(ledger, [file]);
    expect(unchanged).toEqual([file]);
    expect(totals).toMatchObject({ lines: 0, jobs: 0, duplicates: 0, rejects: 0 });
    expect(days).toEqual([]);
    expect(runId).toBe(2);
    expect(ledgerContent(ledger)).toEqual(before);
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(queryColumn(ledger, 'SELECT DISTINCT run_id FROM jobs')).toEqual([1]);
  });

  it('read again because that was asked for finds each job to be known', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [file]);
    const before = ledgerContent(ledger);
    const { totals, files } = await ingestFiles(ledger, [file], { force: true });
    expect(files).toMatchObject([{ action: 'again' }]);
    expect(totals).toMatchObject({ lines: 5, jobs: 0, duplicates: 5, rejects: 0 });
    expect(ledgerContent(ledger)).toEqual(before);
  });

  it('with lines appended brings those alone', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS.slice(0, 3)))]);
    const grown = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const { totals, days } = await ingestFiles(ledger, [grown]);
    expect(totals).toMatchObject({ lines: 2, jobs: 2, duplicates: 0 });
    expect(days).toEqual(['2026-01-16']);
    expect(ledgerJobs(ledger).map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
    expect(ledgerFaults(ledger)).toEqual([]);
  });
});

describe('the progress of an ingest', () => {
  it('grows to all bytes of all files and ends with the totals', async () => {
    using folder = new TempFolder();
    const files = [
      folder.write('a.csv', jobsExport(EXAMPLE_JOBS.slice(0, 3))),
      folder.write('b.csv', jobsExport(EXAMPLE_JOBS.slice(3))),
    ];
    const seen: IngestProgress[] = [];
    const { totals } = await ingestFiles(
      folder.file('ledger.db'),
      files,
      { chunkBytes: 300 },
      (p) => seen.push(p),
    );
    const done = seen.map(({ doneBytes }) => doneBytes);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    const totalBytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    expect(seen.at(-1)).toEqual({ totalBytes, doneBytes: totalBytes, counts: totals });
    expect(seen.every((progress) => progress.totalBytes === totalBytes)).toBe(true);
  });
});

function utc(iso: string): number {
  return Date.parse(iso) / 1000;
}
