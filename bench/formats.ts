import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import { BenchError } from './bench-error.ts';
import { thisHost } from './host.ts';
import { bestMeter, type Measurement, measuredRun } from './measured-run.ts';
import { median } from './rounds.ts';

/**
 * Loads the same jobs in each raw format into a fresh ledger, and the CSV once more when nothing has changed.
 */

const ROOT = join(import.meta.dirname, '..');
const CLI = join(ROOT, 'src', 'cli', 'qledger.js');
const DATA_FOLDER = join(import.meta.dirname, 'data');
const FORMATS = {
  'qhist-csv': 'csv',
  'pbs-log': 'log',
  'qhist-json': 'json',
  'qhist-list': 'list',
};
type Format = keyof typeof FORMATS;

interface Row {
  readonly what: string;
  readonly bytes: number;
  readonly runs: Measurement[];
}

try {
  const { jobs, rounds, formats } = new Command('npm run bench:formats --')
    .description('Load the same synthetic history in each raw format, and compare.')
    .option('--jobs <count>', 'how many jobs', positiveInteger, 200_000)
    .option('--rounds <count>', 'how often', positiveInteger, 3)
    .option('--formats <names>', `of ${Object.keys(FORMATS).join()}`, parseFormats, formatNames())
    .parse(process.argv)
    .opts<{ jobs: number; rounds: number; formats: Format[] }>();
  await bench(jobs, rounds, formats);
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

async function bench(jobs: number, rounds: number, formats: readonly Format[]): Promise<void> {
  const files = new Map(formats.map((format) => [format, generated(format, jobs)]));
  const folder = mkdtempSync(join(DATA_FOLDER, 'formats-'));
  const rows = [...files].map(([format, file]): Row => rowOf(format, file));
  const again: Row = { what: `${formats[0]}, unchanged`, bytes: rows[0].bytes, runs: [] };
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [i, file] of [...files.values()].entries()) {
        const ledger = join(folder, 'ledger.db');
        rows[i].runs.push(await ingest(file, ledger, 0));
        if (i === 0) again.runs.push(await ingest(file, ledger, 10));
        rmSync(ledger);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  print([...rows, again], jobs);
}

function ingest(file: string, ledger: string, status: number): Promise<Measurement> {
  spawnSync('sync');
  const args = [CLI, 'ingest', file, '--machine', 'derecho', '--db', ledger, '--quiet'];
  return measuredRun({ program: process.execPath, args, status }, bestMeter());
}

function generated(format: Format, jobs: number): string {
  mkdirSync(DATA_FOLDER, { recursive: true });
  const file = join(DATA_FOLDER, `derecho-${jobs}.${FORMATS[format]}`);
  if (existsSync(file)) return file;
  console.error(`generating ${file}`);
  const generator = join(ROOT, 'sample-data', 'generate.ts');
  const args = ['--machine', 'derecho', '--jobs', String(jobs), '--format', format, '--out', file];
  const { status } = spawnSync(process.execPath, [generator, ...args], { stdio: 'inherit' });
  if (status !== 0) throw new BenchError(`sample-data/generate.ts ended with status ${status}`);
  return file;
}

function rowOf(format: Format, file: string): Row {
  return { what: format, bytes: statSync(file).size, runs: [] };
}

function print(rows: readonly Row[], jobs: number): void {
  const table = new Table({
    head: ['format', 'MB', 'seconds', 'jobs/s', 'peak RSS MB', 'of CSV jobs/s'],
    style: { head: [] },
  });
  const base = median(rows[0].runs.map(({ wallSeconds }) => wallSeconds));
  for (const { what, bytes, runs } of rows) {
    const seconds = median(runs.map(({ wallSeconds }) => wallSeconds));
    const rss = median(runs.map(({ peakRssBytes }) => peakRssBytes ?? Number.NaN));
    table.push([
      what,
      (bytes / 1e6).toFixed(0),
      seconds.toFixed(2),
      Math.round(jobs / seconds).toLocaleString('en'),
      (rss / 1e6).toFixed(0),
      (base / seconds).toFixed(2),
    ]);
  }
  const { cores, cpuModel } = thisHost();
  console.log(table.toString());
  console.log(`${jobs.toLocaleString('en')} jobs, ${cores} cores, ${cpuModel}`);
}

function formatNames(): Format[] {
  return ['qhist-csv', 'pbs-log', 'qhist-json', 'qhist-list'];
}

function parseFormats(text: string): Format[] {
  const names = formatNames().filter((name) => text.split(',').includes(name));
  if (names.length === 0) throw new InvalidArgumentError('None of the formats.');
  return names;
}

function positiveInteger(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It is not a whole number above 0.');
  return Number(text);
}
