import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { Command, InvalidArgumentError } from 'commander';
import { closeLedger, openForReading } from '../src/ledger/sqlite/open-ledger.ts';
import type { ReportValue } from '../src/reports/report.ts';
import { monthWindow, windowText } from '../src/reports/window.ts';
import { windowInstants } from '../src/reports/window-instants.ts';
import type { MachineFacts } from '../src/site/machine-facts.ts';
import { PRESETS } from '../src/site/presets.ts';
import { BenchError } from './bench-error.ts';
import { thisHost } from './host.ts';
import { type Answer, demandSameAnswer } from './reports/answer-rows.ts';
import { type BenchQuestion, type BenchWindow, benchQuestions } from './reports/bench-question.ts';
import { type DuckdbCopy, duckdbCopy } from './reports/duckdb-copy.ts';
import { duckdbAnswer, duckdbReport } from './reports/duckdb-reports.ts';
import { jobPages } from './reports/job-pages.ts';
import { plainReport } from './reports/plain-reports.ts';
import { reportLedger } from './reports/report-ledger.ts';
import {
  duckdbTable,
  pagesTable,
  type ReportTimings,
  reportsTable,
} from './reports/report-tables.ts';
import { type Timing, timed } from './reports/timed.ts';

/**
 * Asks every report of a ledger of three years, over a month and over all days, beside a plain join of its tables
 * and, for the standard ones, beside DuckDB on a copy of its own; and pages of a search. All within this process.
 */

interface Options {
  readonly jobs: number;
  readonly runs: number;
  readonly reports: RegExp;
  readonly plain: boolean;
  readonly duckdb: boolean;
  readonly pages: boolean;
  readonly json?: string;
}

const DATA_FOLDER = join(import.meta.dirname, 'data');

try {
  const options = new Command('npm run bench:reports --')
    .description('Ask every report, beside a plain join and DuckDB, and pages of a search.')
    .option('--jobs <count>', 'how many jobs over three years', positiveInteger, 1_000_000)
    .option('--runs <count>', 'how often each is asked after a first time', positiveInteger, 5)
    .option('--reports <pattern>', 'only those whose name this expression matches', pattern, /^/)
    .option('--no-plain', 'without the plain join, which takes long')
    .option('--no-duckdb', 'without DuckDB')
    .option('--no-pages', 'without the pages of a search')
    .option('--json <file>', 'write the timings as JSON')
    .parse(process.argv)
    .opts<Options>();
  await bench(options);
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

async function bench(options: Options): Promise<void> {
  const { jobs, runs, reports } = options;
  const ledger = reportLedger(jobs, DATA_FOLDER);
  const reader = openForReading(ledger);
  const duckdb = options.duckdb ? await duckdbCopy(reader, ledger) : undefined;
  const questions = benchQuestions(windowsOf(reader), siteOf(reader)).filter(({ name }) =>
    reports.test(name),
  );
  const timings: ReportTimings[] = [];
  for (const question of questions) {
    timings.push(await reportTimings(ledger, question, duckdb, options));
    const { wall, cpu } = timings[timings.length - 1].qledger;
    console.error(
      `${question.name}, ${question.window}: ${wall.toFixed(1)} ms, ${cpu.toFixed(1)} CPU`,
    );
  }
  const pages = options.pages ? await jobPages(reader, runs) : [];
  duckdb?.close();
  closeLedger(reader);
  console.log(reportsTable(timings));
  if (duckdb !== undefined) console.log(`DuckDB ${duckdb.version}\n${duckdbTable(timings)}`);
  if (options.pages) console.log(pagesTable(pages));
  const host = thisHost();
  const bytes = statSync(ledger).size;
  console.log(
    `${jobs.toLocaleString('en')} jobs, ${(bytes / jobs).toFixed(0)} bytes of ledger a job, ` +
      `median of ${runs}, ${host.cores} cores, ${host.cpuModel}, load ${host.loadAverage.toFixed(1)}`,
  );
  if (options.json !== undefined) {
    const result = { jobs, bytes, runs, host, reports: timings, pages };
    writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
  }
}

/** Each on a connection of its own, as the command line opens it. */
async function reportTimings(
  ledger: string,
  question: BenchQuestion,
  duckdb: DuckdbCopy | undefined,
  { runs, plain }: Options,
): Promise<ReportTimings> {
  const { name, window, definition, asked } = question;
  const db = openForReading(ledger);
  try {
    const { answer, timing } = await timed(() => definition.answer(db, asked), runs);
    const qledger: Answer = { keys: answer.columns.map(({ key }) => key), rows: answer.rows };
    const others: { plain?: Timing; duckdb?: Timing } = {};
    // By day it would be the same scan again.
    if (plain && asked.period !== 'day') {
      const instants = windowInstants(db, asked.from, asked.to);
      const joined = await timed(
        () => sqlAnswer(db, plainReport(question), { ...asked, ...instants }),
        0,
      );
      demandSameAnswer(`${name}, ${window}, plain join`, qledger, joined.answer);
      others.plain = joined.timing;
    }
    const sql = duckdbReport(question);
    if (duckdb !== undefined && sql !== undefined) {
      const copied = await timed(() => duckdbAnswer(duckdb.connection, sql, asked), runs);
      demandSameAnswer(`${name}, ${window}, DuckDB`, qledger, copied.answer);
      others.duckdb = copied.timing;
    }
    return { name, window, rows: answer.rows.length, qledger: timing, ...others };
  } finally {
    closeLedger(db);
  }
}

function sqlAnswer(
  db: Database.Database,
  sql: string,
  { start, end, from, to }: { start: number; end: number; from: string; to: string },
): Answer {
  const statement = db.prepare<[Record<string, string | number>], ReportValue[]>(sql).raw();
  const keys = statement.columns().map(({ name }) => name);
  return { keys, rows: statement.all({ start, end, from, to }) };
}

/** A month in the middle, and all days. */
function windowsOf(db: Database.Database): BenchWindow[] {
  const days = db
    .prepare<[], string>('SELECT DISTINCT date FROM daily_summary ORDER BY date')
    .pluck()
    .all();
  const month = monthWindow((days.at(days.length >> 1) ?? '').slice(0, 7));
  if (month === null) throw new BenchError('the ledger has no days');
  return [
    { name: 'month', ...windowText(month) },
    { name: 'all days', from: days[0], to: days[days.length - 1] },
  ];
}

/** Derecho, and a budget of every tenth account. */
function siteOf(db: Database.Database): MachineFacts {
  const site = PRESETS.find(({ name }) => name === 'derecho');
  if (site === undefined) throw new BenchError('there is no preset of derecho');
  const accounts = db
    .prepare<[], string>('SELECT account_name FROM accounts WHERE id % 10 = 1')
    .pluck()
    .all();
  const budgets = accounts.map((account) => ({ account, cpuHours: 1e6, gpuHours: 1e4 }));
  return { ...site, budgets };
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new InvalidArgumentError('It is no regular expression.');
  }
}

function positiveInteger(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It is not a whole number above 0.');
  return Number(text);
}
