import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import { BenchError } from './bench-error.ts';
import { thisHost } from './host.ts';
import { loadSample } from './load/load-sample.ts';
import { disagreements, type LoadTotals } from './load/load-totals.ts';
import {
  bestMeter,
  type Measurement,
  measuredRun,
  type Command as Program,
} from './measured-run.ts';
import { readSqliteNumbers } from './peers/read-sqlite-numbers.ts';
import { NEW_RULES_TOML } from './recharge/new-rules.ts';
import { median, roundOrder } from './rounds.ts';

/** Charges all jobs of a ledger again by other rules, as qledger does and in the ways that come to mind first. */

const CLI = join(import.meta.dirname, '..', 'src', 'cli', 'qledger.js');
const DATA_FOLDER = join(import.meta.dirname, 'data');

interface Contender {
  readonly name: string;
  readonly command: (ledger: string, config: string) => Program;
  readonly makesSummary: boolean;
  readonly runs: Measurement[];
}

const CHARGES_SQL = `
  SELECT count(*) AS charges, sum(charge_version = 2) AS new_charges, sum(incomplete) AS incomplete,
    sum(cpu_hours) AS cpu_hours, sum(gpu_hours) AS gpu_hours, sum(memory_hours) AS memory_hours,
    sum(cpu_hours * qos_factor) AS cpu_charges, sum(gpu_hours * qos_factor) AS gpu_charges
  FROM job_charges`;
const SUMMARY_SQL = `
  SELECT count(*) AS rows, sum(job_count) AS jobs, sum(cpu_hours) AS cpu_hours,
    sum(cpu_charges) AS cpu_charges, sum(gpu_charges) AS gpu_charges,
    sum(memory_charges) AS memory_charges
  FROM daily_summary`;

try {
  const { jobs, rounds } = new Command('npm run bench:recharge --')
    .description('Charge all jobs of a ledger again by other rules, in several ways, and compare.')
    .option('--jobs <count>', 'how many jobs', positiveInteger, 1_000_000)
    .option('--rounds <count>', 'how often', positiveInteger, 3)
    .parse(process.argv)
    .opts<{ jobs: number; rounds: number }>();
  await bench(jobs, rounds);
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

async function bench(jobs: number, rounds: number): Promise<void> {
  const sample = await loadSample(jobs, DATA_FOLDER);
  const folder = mkdtempSync(join(DATA_FOLDER, 'recharge-'));
  const contenders = allContenders();
  try {
    const original = join(folder, 'original.db');
    const args = [CLI, 'ingest', sample.file, '--machine', 'derecho', '--db', original, '--quiet'];
    await measuredRun({ program: process.execPath, args }, 'clock');
    const config = join(folder, 'qledger.toml');
    writeFileSync(config, NEW_RULES_TOML);
    for (let round = 0; round < rounds; round++) {
      const totals: [string, LoadTotals][] = [];
      const summaries: [string, LoadTotals][] = [];
      for (const { name, command, makesSummary, runs } of roundOrder(contenders, round)) {
        const ledger = join(folder, 'ledger.db');
        copyFileSync(original, ledger);
        // What the copy has left to be written must not slow the run down.
        spawnSync('sync');
        runs.push(await measuredRun(command(ledger, config), bestMeter()));
        totals.push([name, await readSqliteNumbers(ledger, CHARGES_SQL)]);
        if (makesSummary) summaries.push([name, await readSqliteNumbers(ledger, SUMMARY_SQL)]);
        for (const ending of ['', '-wal', '-shm']) rmSync(`${ledger}${ending}`, { force: true });
        console.error(`round ${round + 1}: ${name} ${runs.at(-1)?.wallSeconds.toFixed(2)} s`);
      }
      demandAgreement(totals);
      demandAgreement(summaries);
    }
  } finally {
    rmSync(folder, { recursive: true });
    if (sample.isNew && existsSync(sample.file)) rmSync(sample.file);
  }
  print(contenders, jobs, rounds);
}

function allContenders(): Contender[] {
  const script = (name: string): string => join(import.meta.dirname, 'recharge', name);
  const node = (...args: string[]): Program => ({ program: process.execPath, args });
  return [
    {
      name: 'qledger recharge',
      command: (ledger, config) =>
        node(CLI, 'recharge', '--db', ledger, '--config', config, '--quiet'),
      makesSummary: true,
      runs: [],
    },
    {
      name: 'SQL: one upsert, then the summary',
      command: (ledger) => node(script('one-statement.ts'), ledger, 'summary'),
      makesSummary: true,
      runs: [],
    },
    {
      name: 'SQL: one upsert, summary left wrong',
      command: (ledger) => node(script('one-statement.ts'), ledger),
      makesSummary: false,
      runs: [],
    },
    {
      name: 'row by row, summary left wrong',
      command: (ledger, config) => node(script('row-by-row.ts'), ledger, config),
      makesSummary: false,
      runs: [],
    },
  ];
}

/** @throws BenchError where two contenders have made different ledgers. */
function demandAgreement([first, ...others]: readonly [string, LoadTotals][]): void {
  const differences = others.flatMap((other) => disagreements(first, other));
  if (differences.length === 0) return;
  throw new BenchError(`the ledgers disagree, so no times count\n${differences.join('\n')}`);
}

function print(contenders: readonly Contender[], jobs: number, rounds: number): void {
  const head = ['way', 'seconds', 'jobs/s', 'CPU s', 'peak RSS MB', 'ratio of seconds', 'of CPU s'];
  const table = new Table({
    head,
    colAligns: ['left', ...head.slice(1).map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  const [first] = contenders;
  for (const { name, runs } of contenders) {
    const seconds = median(runs.map(({ wallSeconds }) => wallSeconds));
    // Ratios are of one round, as the load of a machine is not the same for long.
    const ratio = median(runs.map((run, i) => run.wallSeconds / first.runs[i].wallSeconds));
    const cpuRatio = median(runs.map((run, i) => cpuOf(run) / cpuOf(first.runs[i])));
    table.push([
      name,
      seconds.toFixed(2),
      Math.round(jobs / seconds).toLocaleString('en'),
      median(runs.map(cpuOf)).toFixed(2),
      (median(runs.map(({ peakRssBytes }) => peakRssBytes ?? Number.NaN)) / 1e6).toFixed(0),
      ratio.toFixed(2),
      cpuRatio.toFixed(2),
    ]);
  }
  const { cores, cpuModel, node, loadAverage } = thisHost();
  console.log(table.toString());
  console.log(
    `${jobs.toLocaleString('en')} jobs, median of ${rounds} rounds, ${cores} cores, ${cpuModel}, ` +
      `Node ${node}, load average ${loadAverage.toFixed(1)}`,
  );
}

function cpuOf({ cpuSeconds }: Measurement): number {
  return cpuSeconds ?? Number.NaN;
}

function positiveInteger(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It is not a whole number above 0.');
  return Number(text);
}
