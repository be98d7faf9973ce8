import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import type { MigrateResult } from '../pipelines/migrate.ts';
import { OLD_DATABASE_FORMATS } from '../sample-data/old-database/old-database-format.ts';
import { BenchError } from './bench-error.ts';
import { thisHost } from './host.ts';
import { median } from './rounds.ts';

/**
 * Migrates a database of each older schema, and compares sizes and the times of the standard queries. Each
 * query is asked three times of the old database and of the ledger within a migration, and the median counts.
 */

const ROOT = join(import.meta.dirname, '..');
const CLI = join(ROOT, 'src', 'cli', 'qledger.js');
const DATA_FOLDER = join(import.meta.dirname, 'data');

type Measured = Pick<MigrateResult, 'queries' | 'oldBytes' | 'ledgerBytes' | 'seconds'>;
type OldFormat = (typeof OLD_DATABASE_FORMATS)[number];

try {
  const { jobs, rounds } = new Command('npm run bench:migrate --')
    .description('Migrate synthetic databases of both older schemas, and compare.')
    .option('--jobs <count>', 'how many jobs', positiveInteger, 100_000)
    .option('--rounds <count>', 'how often each is migrated', positiveInteger, 1)
    .parse(process.argv)
    .opts<{ jobs: number; rounds: number }>();
  bench(jobs, rounds);
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

function bench(jobs: number, rounds: number): void {
  const runs = new Map(
    OLD_DATABASE_FORMATS.map((format): [OldFormat, Measured[]] => {
      const old = generated(format, jobs);
      return [format, Array.from({ length: rounds }, () => migration(old))];
    }),
  );
  console.log(sizesTable(runs, jobs));
  console.log(queriesTable(runs));
  const { cores, cpuModel, loadAverage } = thisHost();
  const host = `${cores} cores, ${cpuModel}, load ${loadAverage.toFixed(1)}`;
  console.log(`${jobs.toLocaleString('en')} jobs, ${host}`);
}

function migration(old: string): Measured {
  const folder = mkdtempSync(join(DATA_FOLDER, 'migrate-'));
  try {
    const args = ['migrate', old, '--machine', 'derecho', '--db', join(folder, 'ledger.db')];
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args, '--json'], {
      encoding: 'utf8',
    });
    if (status !== 0)
      throw new BenchError(`qledger migrate ended with status ${status}: ${stderr}`);
    const measured: Measured = JSON.parse(stdout);
    return measured;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function generated(format: OldFormat, jobs: number): string {
  mkdirSync(DATA_FOLDER, { recursive: true });
  const file = join(DATA_FOLDER, `derecho-${jobs}.${format}.db`);
  if (existsSync(file)) return file;
  console.error(`generating ${file}`);
  const generator = join(ROOT, 'sample-data', 'generate.ts');
  // So few a day that the history covers more than the year that is asked about.
  const history = ['--jobs', String(jobs), '--jobs-per-day', String(Math.ceil(jobs / 400))];
  const args = ['--machine', 'derecho', ...history, '--format', format, '--out', file];
  const { status } = spawnSync(process.execPath, [generator, ...args], { stdio: 'inherit' });
  if (status !== 0) throw new BenchError(`sample-data/generate.ts ended with status ${status}`);
  return file;
}

function sizesTable(runs: ReadonlyMap<string, readonly Measured[]>, jobs: number): string {
  const head = ['schema', 'old MB', 'ledger MB', 'smaller by', 'seconds', 'jobs/s'];
  const table = new Table({ head, style: { head: [] } });
  for (const [format, measured] of runs) {
    const [{ oldBytes, ledgerBytes }] = measured;
    const seconds = median(measured.map((run) => run.seconds));
    table.push([
      format,
      (oldBytes / 1e6).toFixed(1),
      (ledgerBytes / 1e6).toFixed(1),
      `${(100 * (1 - ledgerBytes / oldBytes)).toFixed(0)} %`,
      seconds.toFixed(2),
      Math.round(jobs / seconds).toLocaleString('en'),
    ]);
  }
  return table.toString();
}

function queriesTable(runs: ReadonlyMap<string, readonly Measured[]>): string {
  const head = ['schema', 'query', 'days', 'old ms', 'ledger ms', 'times as fast'];
  const table = new Table({ head, style: { head: [] } });
  for (const [format, measured] of runs) {
    for (const [i, { query, days }] of measured[0].queries.entries()) {
      const old = median(measured.map(({ queries }) => 1000 * queries[i].oldSeconds));
      const ledger = median(measured.map(({ queries }) => 1000 * queries[i].ledgerSeconds));
      table.push([
        format,
        query,
        days,
        old.toFixed(1),
        ledger.toFixed(2),
        (old / ledger).toFixed(1),
      ]);
    }
  }
  return table.toString();
}

function positiveInteger(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It is not a whole number above 0.');
  return Number(text);
}
