import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { alterDatabase } from '../support/query-ledger.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

describe('qledger runs list', () => {
  it('is a table of the last runs, and says what a run without an end means', async () => {
    using folder = await folderWithRuns();
    const { status, stdout, stderr } = runQledger(folder.path, 'runs');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Run +Command +Status +Started +Seconds +Rules +Error\n/);
    expect(stdout).toMatch(/^ +4 {2}ingest +running +1970-01-01T00:05:00Z +- +v1$/m);
    expect(stdout).toMatch(/^ +3 {2}ingest +failed +1970-01-01T00:03:20Z +7 +v1 +disk␛ full$/m);
    expect(stdout).toMatch(/^Note: run 4 has not ended: it is at work or was killed\. /m);
  });

  it('with --json is one object', async () => {
    using folder = await folderWithRuns();
    const answer = JSON.parse(runQledger(folder.path, 'runs', 'list', '--json').stdout);
    expect(answer).toMatchObject({
      kind: 'runs',
      machine: 'derecho',
      ledger: 'data/derecho.db',
      runs: [{ id: 4, status: 'running' }, { id: 3 }, { id: 2 }, { id: 1, status: 'complete' }],
      notes: [expect.stringContaining('run 4')],
    });
    const two = runQledger(folder.path, 'runs', 'list', '--json', '--limit', '2');
    expect(JSON.parse(two.stdout).runs).toEqual(answer.runs.slice(0, 2));
  });
});

describe('qledger runs show', () => {
  it('tells of files, jobs, rejects and the error of one run', async () => {
    using folder = await folderWithRuns();
    const second = runQledger(folder.path, 'runs', 'show', '2');
    expect(second.stdout).toMatch(/^Run 2 of derecho: ingest, complete, started /);
    expect(second.stdout).toMatch(/^more\.csv +qhist-csv +6 +2 +3 +0 +1 +0 {2}to its end$/m);
    expect(second.stdout).toContain(
      '2 new jobs. List them:\n  qledger jobs --run 2 --db data/derecho.db',
    );
    expect(second.stdout).toMatch(/^ +1 {2}field-count {2}more\.csv:7: /m);
    expect(second.stdout).toContain('qledger rejects list --run 2 --db data/derecho.db');
    const third = runQledger(folder.path, 'runs', 'show', '3');
    expect(third.stdout).toContain('\nError:\ndisk␛ full\n  on /data\n');
    expect(third.stdout).toContain('It read no files.');
    const json = JSON.parse(runQledger(folder.path, 'runs', 'show', '2', '--json').stdout);
    expect(json).toMatchObject({
      kind: 'run',
      machine: 'derecho',
      run: { id: 2 },
      newJobs: 2,
      files: [{ lines: 6, newJobs: 2, duplicates: 3, rejects: 1, complete: true }],
    });
  });

  it('says which runs there are where there is no such one', async () => {
    using folder = await folderWithRuns();
    expect(runQledger(folder.path, 'runs', 'show', '9')).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'qledger: data/derecho.db has no run 9, the last is 4; ' +
        'list them with: qledger runs list --db data/derecho.db\n',
    });
    expect(runQledger(folder.path, 'runs', 'show', 'last').status).toBe(2);
  });
});

describe('qledger runs of', () => {
  it('leads from a job to its run, file and line', async () => {
    using folder = await folderWithRuns();
    const text = runQledger(folder.path, 'runs', 'of', '105').stdout;
    expect(text).toMatch(/^105\.desched1 .* 2 {2}\S+ \(ingest\) {2}more\.csv:6$/m);
    const json = JSON.parse(runQledger(folder.path, 'runs', 'of', '103[7]', '--json').stdout);
    expect(json).toMatchObject({
      kind: 'job-origins',
      jobId: '103[7]',
      jobs: [{ jobId: '103[7].desched1', runId: 1, path: folder.file('jobs.csv'), line: 4 }],
    });
  });

  it('says where to look for a job that the ledger has not', async () => {
    using folder = await folderWithRuns();
    const { status, stdout, stderr } = runQledger(folder.path, 'runs', 'of', '999');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^qledger: data\/derecho\.db has no job 999\. .*qledger rejects list/);
  });
});

/** Two complete runs, one that failed, and one that has not ended. */
async function folderWithRuns(): Promise<TempFolder> {
  const folder = new TempFolder();
  const ledger = folder.file('data/derecho.db');
  const first = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS.slice(0, 3)));
  await ingestFiles(ledger, [first]);
  const second = folder.write('more.csv', `${jobsExport(EXAMPLE_JOBS)}no job\n`);
  await ingestFiles(ledger, [second]);
  alterDatabase(
    ledger,
    `INSERT INTO runs (id, command, status, started_at, finished_at, qledger_version, charge_version, error)
     VALUES (3, 'ingest', 'failed', 200, 207, '0', 1, 'disk' || char(27) || ' full' || char(10) || '  on /data'),
       (4, 'ingest', 'running', 300, NULL, '0', 1, NULL)`,
  );
  return folder;
}
