import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseGenerateOptions } from '../../sample-data/generate-options.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';

const SCRIPT = join(import.meta.dirname, '../../sample-data/generate.ts');

describe('the generate command', () => {
  it('writes the file that it is told to, and the same to standard output', () => {
    const directory = mkdtempSync(join(tmpdir(), 'qledger-generate-'));
    const file = join(directory, 'history.csv');
    const asked = ['--machine', 'casper', '--jobs', '1000'];
    expect(run(...asked, '--out', file)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(run(...asked).stdout).toBe(readFileSync(file, 'utf8'));
    rmSync(directory, { recursive: true });
  });

  it('writes the format that it is told to', () => {
    const asked = ['--machine', 'casper', '--jobs', '20', '--format'];
    expect(run(...asked, 'pbs-log').stdout).toMatch(/^01\/01\/2025 00:00:00;L;license;/);
    expect(run(...asked, 'qhist-list').stdout).toContain('\n   Used Mem (GB) = ');
    expect(Object.keys(JSON.parse(run(...asked, 'qhist-json').stdout).Jobs)).toHaveLength(20);
  });

  it('explains itself', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('--jobs-per-day');
    expect(stdout).toContain('node sample-data/generate.ts --machine derecho --jobs 1000000');
  });

  it.each([
    [['--jobs', '5'], '--machine'],
    [['--machine', 'cheyenne', '--jobs', '5'], 'derecho, casper'],
    [['--machine', 'derecho'], '--jobs'],
    [['--machine', 'derecho', '--jobs', '-5'], 'whole number'],
    [['--machine', 'derecho', '--jobs', '1e3'], "'1e3'"],
    [['--machine', 'derecho', '--jobs', '5', '--from', '2025-02-30'], 'YYYY-MM-DD'],
    [['--machine', 'derecho', '--jobs', '5', '--jobs-per-day', '0'], 'from 1 to'],
    [['--machine', 'derecho', '--jobs', '5', '--sead', '2'], '--sead'],
    [['--machine', 'derecho', '--jobs', '5', 'big.csv'], 'argument'],
    [['--machine', 'derecho', '--jobs', '5', '--format', 'sacct'], 'qhist-csv, qhist-json'],
    [['--machine', 'derecho', '--jobs', '5', '--out', '/nowhere/'], 'pbs-log'],
  ])('refuses %j in one line', (args, hint) => {
    const { status, stdout, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(hint);
  });

  it('says where it cannot write', () => {
    const { status, stderr } = run(
      '--machine',
      'derecho',
      '--jobs',
      '5',
      '--out',
      '/nowhere/x.csv',
    );
    expect(status).toBe(1);
    expect(stderr).toContain("open '/nowhere/x.csv'");
  });
});

describe('parseGenerateOptions', () => {
  it('has a default for all but the machine and the jobs', () => {
    const options = parseGenerateOptions(['--machine', 'casper', '--jobs', '7']);
    expect(options).toMatchObject({
      jobs: 7,
      format: 'qhist-csv',
      broken: 0,
      seed: 1,
      jobsPerDay: 8000,
      firstDay: parseLocalDay('2025-01-01'),
      out: undefined,
    });
    expect(options.machine.name).toBe('casper');
  });
});

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}
