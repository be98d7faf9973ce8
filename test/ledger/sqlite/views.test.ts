import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../../support/example-jobs.ts';
import { ingestFiles } from '../../support/ingest-files.ts';
import { jobsExport } from '../../support/jobs-export.ts';
import { queryLedger, type Row } from '../../support/query-ledger.ts';
import { TempFolder } from '../../support/temp-folder.ts';

describe('v_jobs', () => {
  it('shows each job once, with names for ids and ISO times', async () => {
    const jobs = await rowsOf('v_jobs');
    expect(
      jobs.map(({ job_id, user, account, queue, qos }) => [job_id, user, account, queue, qos]),
    ).toEqual([
      ['101.desched1', 'ada', 'NUMB0001', 'cpu', 'premium'],
      ['102.desched1', 'bob', 'NUMB0002', 'gpu', 'economy'],
      ['103[7].desched1', 'ada', 'NUMB0001', 'gpudev', 'regular'],
      ['104.desched1', 'ada', 'none', 'cpudev', 'regular'],
      ['105.desched1', 'carl', 'NUMB0002', 'jhublogin', 'uncharged'],
    ]);
    expect(jobs[0]).toMatchObject({
      submit: '2026-01-15T15:00:00Z',
      queued: null,
      eligible: '2026-01-15T15:00:05Z',
      start: '2026-01-15T17:00:00Z',
      end: '2026-01-15T18:30:00Z',
      elapsed: 5400,
      memory: 4 * 2 ** 30,
      line: 2,
      run_id: 1,
    });
    expect(jobs[0].file).toMatch(/jobs\.csv$/);
  });
});

describe('v_jobs_charged', () => {
  it('shows each job once, with the hours that it is charged', async () => {
    const jobs = await rowsOf('v_jobs_charged');
    expect(
      jobs.map((job) => [
        job.job_id,
        job.user,
        job.cpu_hours,
        job.gpu_hours,
        job.memory_hours,
        job.qos_factor,
      ]),
    ).toEqual([
      ['101.desched1', 'ada', 384, 0, 6, 1.5],
      ['102.desched1', 'bob', 64, 2, 5, 0.7],
      ['103[7].desched1', 'ada', 4, 0.5, 2, 1],
      ['104.desched1', 'ada', 4, 0, 2, 1],
      ['105.desched1', 'carl', 128, 0, 0.5, 0],
    ]);
    expect(jobs[0]).toMatchObject({
      end: '2026-01-15T18:30:00Z',
      charge_version: 1,
      incomplete: 0,
    });
  });
});

async function rowsOf(view: string): Promise<Row[]> {
  using folder = new TempFolder();
  const ledger = folder.file('ledger.db');
  await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS))]);
  return queryLedger(ledger, `SELECT * FROM ${view} ORDER BY job_id`);
}
