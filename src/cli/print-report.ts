import type Database from 'better-sqlite3';
import { alignedTable } from '../output/table.ts';
import type { ReportDefinition } from '../reports/definition.ts';
import { REPORTS } from '../reports/registry.ts';
import { type DayRange, lastWindow, monthWindow, windowText } from '../reports/window.ts';
import { parseLocalDay } from '../site/local-day.ts';
import { nearestName } from '../site/nearest-name.ts';
import { askLedger } from './ask-ledger.ts';
import { printInFormat } from './print-in-format.ts';
import type { ReportOptions } from './report-command.ts';
import { UsageError } from './usage-error.ts';

export function listReports(): void {
  const rows = REPORTS.map(({ name, title, options }) => [
    name,
    title,
    options.map((option) => `--${option}`).join(' '),
  ]);
  const table = alignedTable(['Report', 'What it tells', 'Takes'], rows, ['left', 'left', 'left']);
  process.stdout.write(`${table}\n`);
}

/** @throws UsageError where there is no such report or window. */
export async function printReport(
  name: string,
  options: ReportOptions,
  ledger: string,
): Promise<void> {
  const definition = definitionOf(name);
  const report = askLedger(ledger, (db) => {
    const { from, to } = windowText(windowOf(db, options));
    const { period, top = null } = options;
    return definition.answer(db, { from, to, period, top });
  });
  await printInFormat(report, options.format);
}

function definitionOf(name: string): ReportDefinition {
  const definition = REPORTS.find((report) => report.name === name);
  if (definition !== undefined) return definition;
  const names = REPORTS.map((report) => report.name);
  const nearest = nearestName(name, names);
  throw new UsageError(
    `${name}: there is no such report${nearest === undefined ? '' : `; did you mean ${nearest}?`} ` +
      'All are listed by: qledger report --list',
  );
}

/** The days of the ledger are those where nothing else is said. */
function windowOf(db: Database.Database, options: ReportOptions): DayRange {
  const { first, last } = db
    .prepare<[], { first: string | null; last: string | null }>(
      'SELECT min(date) AS first, max(date) AS last FROM daily_summary',
    )
    .get() ?? { first: null, last: null };
  const newest = parseLocalDay(last ?? '1970-01-01');
  if (options.last !== undefined) {
    const window = lastWindow(options.last, newest);
    if (window !== null) return window;
    throw new UsageError(
      `--last ${options.last}: neither days such as 30d nor day, week, month, quarter or year`,
    );
  }
  if (options.month !== undefined) {
    const window = monthWindow(options.month);
    if (window !== null) return window;
    throw new UsageError(`--month ${options.month}: not a month such as 2026-01`);
  }
  const fromDay = parseLocalDay(options.from ?? first ?? '1970-01-01');
  const toDay = options.to === undefined ? newest : parseLocalDay(options.to);
  if (options.to !== undefined && fromDay > toDay) {
    throw new UsageError(`--from ${options.from ?? first} is later than --to ${options.to}`);
  }
  return { fromDay, toDay: Math.max(fromDay, toDay) };
}
