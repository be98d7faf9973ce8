import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { LAUNCHER, runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('qledger', () => {
  it('shows for each command an example that works as it stands', () => {
    using folder = new TempFolder();
    mkdirSync(folder.file('sample-data'));
    for (const sample of ['derecho.csv', 'casper.csv']) {
      copyFileSync(join(ROOT, 'sample-data', sample), folder.file(`sample-data/${sample}`));
    }
    for (const command of ['ingest', 'status', 'usage']) {
      const help = runQledger(folder.path, command, '--help');
      expect(help).toMatchObject({ status: 0, stderr: '' });
      const example = /^Example:\n {2}\$ qledger (.*)$/m.exec(help.stdout)?.[1] ?? '';
      expect(example.startsWith(`${command} `)).toBe(true);
      expect(runQledger(folder.path, ...example.split(' ')).status, example).toBe(0);
    }
  });

  it('lists its commands', () => {
    using folder = new TempFolder();
    const { status, stdout } = runQledger(folder.path, '--help');
    expect(status).toBe(0);
    for (const command of ['ingest', 'status', 'usage']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command} .*[A-Z]`, 'm'));
    }
  });

  it.each([
    [['--version']],
    [['-V']],
    [['ingest', '--version']],
    [['ingest', 'jobs.csv', '-V']],
    [['rejects', 'retry', '--version']],
  ])('tells its version with %j', (args) => {
    using folder = new TempFolder();
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(runQledger(folder.path, ...args)).toEqual({
      status: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  it.each([
    [['ingets', 'jobs.csv'], "unknown command 'ingets'"],
    [['ingest', 'jobs.csv', '--machine', 'derecho', '--fast'], "unknown option '--fast'"],
    [['ingest', 'jobs.csv'], "required option '--machine <name>' not specified"],
    [['ingest', 'jobs.csv', '--machine', 'dercho'], 'did you mean "derecho"?'],
    [['ingest', 'jobs.csv', '--machine', 'derecho', '--timezone', 'MST7'], 'MST7'],
    [['usage', '--format', 'xml'], "argument 'xml' is invalid. Allowed choices are table"],
    [['usage', '--from', '2026-02-30'], "argument '2026-02-30' is invalid"],
    [['status'], 'there is no ledger in data/'],
  ])('ends with 2 at the command line %j', (args, hint) => {
    using folder = new TempFolder();
    const { status, stdout, stderr } = runQledger(folder.path, ...args);
    expect(stderr).toContain(hint);
    expect(stdout).toBe('');
    expect(status).toBe(2);
    expect(folder.names()).toEqual([]);
  });
});

describe('the launcher', () => {
  it('imports nothing before it has looked at the version of Node', () => {
    const source = readFileSync(LAUNCHER, 'utf8');
    expect(source).not.toMatch(/^\s*(import[\s{*'"]|export\s)/m);
    expect(source.indexOf('process.versions')).toBeLessThan(source.indexOf('import('));
  });

  it.each(['18.20.8', '22.18.0'])('tells Node %s in one line which one it needs', (version) => {
    using folder = new TempFolder();
    const older = folder.write(
      'older.cjs',
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`,
    );
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--require', older, LAUNCHER, '--version'],
      { encoding: 'utf8' },
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(
      `qledger needs Node 24.0 or newer; this is ${version}. ` +
        'After "npm ci", start it with "npx qledger", which brings its own.\n',
    );
  });

  it.each([4, 12, 20, 28, 36])('gets along with %d GiB of addresses', (gibibytes) => {
    using folder = new TempFolder();
    folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const ingest = ['ingest', 'jobs.csv', '--machine', 'derecho', '--db', 'my.db'];
    const limited = ['-c', `ulimit -v ${gibibytes << 20} && exec "$0" "$@"`];
    const { status, stderr } = spawnSync(
      'sh',
      [...limited, process.execPath, LAUNCHER, ...ingest],
      { cwd: folder.path, encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
