import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { LAUNCHER } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const TELL_LOADING = pathToFileURL(join(import.meta.dirname, '../fixtures/tell-loading.ts'));
const INGEST = ['ingest', 'jobs.csv', '--machine', 'derecho', '--db', 'my.db'];

describe('a command starts and loads only what it needs', () => {
  it('the help: neither SQLite nor threads', () => {
    using folder = new TempFolder();
    const { threads, loads } = loadingOf(folder, '--help');
    expect(threads).toBe(0);
    expect(['better-sqlite3', 'piscina', 'cli-table3'].filter(loads)).toEqual([]);
  });

  it('the status: the commands of no other, and no threads', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    loadingOf(folder, ...INGEST);
    const { threads, loads } = loadingOf(folder, 'status', '--db', 'my.db');
    expect(threads).toBe(0);
    expect(['src/cli/ingest-command', 'source-content', 'piscina'].filter(loads)).toEqual([]);
  });

  it('an ingest: one thread for few jobs, the way that it takes, and no bar', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const { threads, loads } = loadingOf(folder, ...INGEST);
    expect(threads).toBe(1);
    const others = ['append-to-ledger', 'dry-run.ts', 'cli-progress', 'temporal-polyfill'];
    expect(others.filter(loads)).toEqual([]);
  });

  it('an ingest of plain CSV: no other format, and neither thread what only the other needs', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const { loads, threadLoads } = loadingOf(folder, ...INGEST);
    const formats = ['pbs-log/read-chunk', 'qhist-json/read-chunk', 'qhist-list/read-chunk'];
    const others = [...formats, 'csv-parse'];
    expect([...others, 'write-index', 'write-unique-index'].filter(loads)).toEqual([]);
    expect([...others, 'piscina/dist/main.js', 'moved.ts'].filter(threadLoads)).toEqual([]);
    const needed = ['qhist-csv/read-chunk', 'hold-batch', 'write-index', 'write-unique-index'];
    expect(needed.filter(threadLoads)).toEqual(needed);
  });

  it('an ingest of CSV with quotes: the parser that knows them', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS).replace(/^([^,\n]+),/gm, '"$1",'));
    const { threadLoads } = loadingOf(folder, ...INGEST);
    expect(threadLoads('csv-parse')).toBe(true);
  });

  it('an ingest of what is known: no thread, and no reader of any format', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    loadingOf(folder, ...INGEST);
    const { threads, loads } = loadingOf(folder, ...INGEST);
    expect(threads).toBe(0);
    expect(['build-ledger', 'qhist-csv/read-chunk', 'csv-parse'].filter(loads)).toEqual([]);
    expect(loadingOf(folder, ...INGEST, '--force').threads).toBe(1);
  });
});

function loadingOf(
  folder: TempFolder,
  ...args: string[]
): {
  threads: number;
  /** Whether the main thread loads a module with this in its path. */
  loads: (part: string) => boolean;
  /** Whether any other thread does. */
  threadLoads: (part: string) => boolean;
} {
  const told = folder.file('loading.json');
  const toldOfThreads = `${told}.threads`;
  rmSync(toldOfThreads, { force: true });
  const { stderr } = spawnSync(
    process.execPath,
    ['--import', TELL_LOADING.href, LAUNCHER, ...args],
    {
      cwd: folder.path,
      encoding: 'utf8',
      env: { ...process.env, QLEDGER_TEST_LOADING: told },
    },
  );
  expect(stderr).toBe('');
  const { modules, threads }: { modules: string[]; threads: number } = JSON.parse(
    readFileSync(told, 'utf8'),
  );
  const ofThreads = existsSync(toldOfThreads) ? readFileSync(toldOfThreads, 'utf8') : '';
  return {
    threads,
    loads: (part) => modules.some((url) => url.includes(part)),
    threadLoads: (part) => ofThreads.includes(part),
  };
}
