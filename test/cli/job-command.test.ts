import { beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

let folder: TempFolder;
beforeAll(() => {
  folder = new TempFolder();
  folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
  runQledger(folder.path, 'ingest', 'jobs.csv', '--machine', 'derecho');
  return () => folder[Symbol.dispose]();
});

describe('qledger job', () => {
  it('shows the record, the charge step by step, and the line that the job came from', () => {
    const { status, stdout } = runQledger(folder.path, 'job', '101');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^job_id +101\.desched1$/m);
    expect(stdout).toMatch(/^file +.*jobs\.csv$/m);
    expect(stdout).toMatch(/^line +\d+$/m);
    expect(stdout).toContain('By version 1 of the rules');
  });

  it('with --json is one object with the record and the charge', () => {
    const { stdout } = runQledger(folder.path, 'job', '101.desched1', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'job',
      machine: 'derecho',
      jobId: '101.desched1',
      jobs: [{ record: { job_id: '101.desched1' }, charge: { stored: { jobId: '101.desched1' } } }],
    });
  });

  it.each([[], ['--json']])('says on stderr where there is none %j', (...json) => {
    const { status, stdout, stderr } = runQledger(folder.path, 'job', '99', ...json);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^qledger: data\/derecho\.db has no job 99\. It has not ended yet, /);
  });
});
