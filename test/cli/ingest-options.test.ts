import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerJobs } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { LAUNCHER, runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const EXPORT = jobsExport(EXAMPLE_JOBS);
const HOLDER = new URL('../fixtures/lock-holder.ts', import.meta.url).pathname;

describe('qledger ingest of a folder', () => {
  it('with --from and --to reads the files of those days, and misses what is not there', () => {
    using folder = dailyFolder();
    const args = ['--from', '2026-01-15', '--to', '2026-01-18'];
    const { status, stdout, stderr } = ingest(folder, 'raw', ...args);
    expect(status).toBe(21);
    expect(stderr).toBe(
      'qledger: warning: there is no file for 2 of the days: 2026-01-17, 2026-01-18\n',
    );
    expect(stdout).toContain('  2 new jobs, ');
    expect(jobIds(folder)).toEqual(['2.s', '3.s']);
    expect(ledgerFaults(folder.file('data/derecho.db'))).toEqual([]);
  });

  it('of days that all have a file ends well', () => {
    using folder = dailyFolder();
    const args = ['raw', '--from', '2026-01-14', '--to', '2026-01-16', '--quiet'];
    expect(ingest(folder, ...args)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(jobIds(folder)).toEqual(['1.s', '2.s', '3.s']);
    expect(ingest(folder, ...args)).toEqual({ status: 10, stdout: '', stderr: '' });
  });

  it.each([
    ['--last with --from', ['--last', '3d', '--from', '2026-01-15']],
    ['--today with --last', ['--today', '--last', '3d']],
    ['--to alone', ['--to', '2026-01-15']],
    ['a day that is none', ['--from', '2026-02-30']],
    ['days that are no duration', ['--last', 'some']],
  ])('can not have %s', (_what, args) => {
    using folder = dailyFolder();
    const { status, stdout, stderr } = ingest(folder, 'raw', ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toBe('');
    expect(folder.names()).toEqual(['raw']);
  });
});

describe('qledger ingest of several files', () => {
  it('of which one can not be read loads the others and says so', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', EXPORT);
    folder.write('letter.csv', 'Dear reader,\n');
    const { status, stderr } = ingest(folder, 'letter.csv', 'jobs.csv', 'lost.csv', '--quiet');
    expect(status).toBe(21);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^qledger: warning: letter\.csv: not a qhist export/),
      'qledger: warning: lost.csv: no such file. Nothing was read.',
    ]);
    expect(jobIds(folder)).toHaveLength(5);
    const again = ingest(folder, 'letter.csv', 'jobs.csv', '--quiet');
    expect(again.status).toBe(21);
  });

  it('that patterns, a folder and a name have in common reads each once', () => {
    using folder = new TempFolder();
    folder.write('raw/jobs.csv', EXPORT);
    const names = ['raw', 'raw/*.csv', 'raw/jobs.csv', './raw/../raw/jobs.csv'];
    const { stdout } = ingest(folder, ...names, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ counts: { lines: 5, jobs: 5, duplicates: 0 } });
  });
});

describe('qledger ingest --report', () => {
  it('writes what --json prints', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', EXPORT);
    const { status, stdout } = ingest(folder, 'jobs.csv', '--json', '--report', 'report.json');
    expect(status).toBe(0);
    expect(readFileSync(folder.file('report.json'), 'utf8')).toBe(stdout);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'ingest', status: 'complete', exitCode: 0 });
    expect(folder.names()).toEqual(['data', 'jobs.csv', 'report.json']);
  });

  it.each([
    ['a file that is no export', 'letter.csv', 22, /^letter\.csv: not a qhist export/],
    ['an option that is wrong', 'jobs.csv --max-rejects=many', 2, /^--max-rejects many/],
    ['a ledger that is none', 'jobs.csv --db letter.csv', 33, /^letter\.csv: not a database/],
    ['a dry run', 'letter.csv --dry-run', 22, /^letter\.csv: not a qhist export/],
  ])('tells of a run that failed for %s', (_what, args, exitCode, error) => {
    using folder = new TempFolder();
    folder.write('jobs.csv', EXPORT);
    folder.write('letter.csv', 'Dear reader,\n');
    const { status } = ingest(folder, ...args.split(' '), '--report', 'report.json');
    expect(status).toBe(exitCode);
    expect(JSON.parse(readFileSync(folder.file('report.json'), 'utf8'))).toMatchObject({
      kind: args.includes('dry') ? 'ingest-dry-run' : 'ingest',
      status: 'failed',
      error: expect.stringMatching(error),
      exitCode,
    });
    expect(folder.names()).toEqual(['jobs.csv', 'letter.csv', 'report.json']);
  });

  it.each([
    ['a folder that is not there', 'lost/report.json'],
    ['the name of a folder', 'folder'],
  ])('that can not be written, in %s, is told of before anything is done', (_what, report) => {
    using folder = new TempFolder();
    folder.write('jobs.csv', EXPORT);
    mkdirSync(folder.file('folder'));
    const { status, stdout, stderr } = ingest(folder, 'jobs.csv', '--report', report);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(`^qledger: --report ${report}: it can't be written: .*Nothing was done\\.\n$`),
    );
    expect(folder.names()).toEqual(['folder', 'jobs.csv']);
  });

  it('stays the old one until the new one is whole', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', EXPORT);
    folder.write('report.json', '{"kind":"old"}');
    ingest(folder, 'jobs.csv', '--report', 'report.json', '--quiet');
    expect(JSON.parse(readFileSync(folder.file('report.json'), 'utf8'))).toMatchObject({ run: 1 });
  });
});

describe('qledger ingest --log json', () => {
  it('tells warnings as JSON, a line each', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', `${EXPORT.replace(',Priority', ',Mood')}no job\n`);
    const { status, stderr } = ingest(folder, 'jobs.csv', 'lost.csv', '--log', 'json', '--quiet');
    expect(status).toBe(21);
    expect(jsonLines(stderr)).toEqual([
      warning('lost.csv: no such file. Nothing was read.'),
      warning('jobs.csv: columns that the ledger keeps nothing of: Mood'),
      warning(
        '1 rejected as field-count, first jobs.csv:7: expected 30 fields as in the header, found 1',
      ),
    ]);
  });

  it('tells a failure as JSON too', () => {
    using folder = new TempFolder();
    const { status, stdout, stderr } = ingest(folder, 'lost.csv', '--log', 'json');
    expect({ status, stdout }).toEqual({ status: 22, stdout: '' });
    expect(jsonLines(stderr)).toMatchObject([
      { level: 'error', message: 'lost.csv: no such file. Nothing was read.', exitCode: 22 },
    ]);
  });
});

describe('qledger ingest --wait', () => {
  it('waits for another writer, says for whom, and then goes on', async () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', EXPORT);
    const holder = await holdLock(folder.file('derecho.db'));
    const args = ['jobs.csv', '--machine', 'derecho', '--db', 'derecho.db', '--wait', '1m'];
    const waiting = spawn(process.execPath, [LAUNCHER, 'ingest', ...args], { cwd: folder.path });
    let [stdout, stderr] = ['', ''];
    waiting.stdout.on('data', (piece) => {
      stdout += piece;
    });
    waiting.stderr.on('data', (piece) => {
      stderr += piece;
      if (holder.connected) holder.send('let go');
    });
    const [status] = await once(waiting, 'close');
    expect(status).toBe(0);
    expect(stderr).toMatch(
      new RegExp(
        `^qledger: waiting for process ${holder.pid} on .* \\(ingest\\), which is writing`,
      ),
    );
    expect(stdout).toContain('5 new jobs');
  });

  it('gives up in the end, and at once without it, naming who is at work', async () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', EXPORT);
    const holder = await holdLock(folder.file('derecho.db'));
    for (const wait of [[], ['--wait', '1s']]) {
      const { status, stderr } = ingest(folder, 'jobs.csv', '--db', 'derecho.db', ...wait);
      expect(status).toBe(30);
      expect(stderr).toContain(`derecho.db: locked by process ${holder.pid} on `);
    }
    holder.send('let go');
    await once(holder, 'exit');
    expect(existsSync(folder.file('derecho.db'))).toBe(false);
  });
});

/** Files of three days, and one without a day. */
function dailyFolder(): TempFolder {
  const folder = new TempFolder();
  for (const [i, day] of ['20260114', '2026-01-15', '20260116'].entries()) {
    folder.write(`raw/jobs-${day}.csv`, jobsExport([{ 'Job ID': `${i + 1}.s` }]));
  }
  folder.write('raw/other.csv', jobsExport([{ 'Job ID': '99.s' }]));
  return folder;
}

function ingest(folder: TempFolder, ...args: string[]): ReturnType<typeof runQledger> {
  return runQledger(folder.path, 'ingest', ...args, '--machine', 'derecho');
}

function jobIds(folder: TempFolder): unknown[] {
  return ledgerJobs(folder.file('data/derecho.db')).map(({ job_id }) => job_id);
}

function jsonLines(text: string): unknown[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function warning(message: string): object {
  return { time: expect.stringMatching(/^2\d{3}-.*Z$/), level: 'warning', message };
}

/** Another process that is writing to a ledger, until it is sent a message. */
async function holdLock(ledger: string): Promise<ChildProcess> {
  const holder = spawn(process.execPath, [HOLDER, ledger, 'ingest', '0'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(holder, 'message');
  return holder;
}
