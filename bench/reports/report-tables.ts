import Table from 'cli-table3';
import type { BenchQuestion } from './bench-question.ts';
import type { PageTiming } from './job-pages.ts';
import type { Timing } from './timed.ts';

export interface ReportTimings {
  readonly name: string;
  readonly window: BenchQuestion['window'];
  readonly rows: number;
  readonly qledger: Timing;
  readonly plain?: Timing;
  readonly duckdb?: Timing;
}

/**
 * Each report: its times, and how many times as fast as the plain join it is. That is by CPU time, which is steadier:
 * both have but one thread.
 */
export function reportsTable(timings: readonly ReportTimings[]): string {
  const table = tableOf(
    'report',
    'window',
    'rows',
    'ms',
    'CPU ms',
    'first ms',
    'join ms',
    'CPU ms',
    'times',
  );
  for (const { name, window, rows, qledger, plain } of timings) {
    table.push([
      name,
      window,
      rows.toLocaleString('en'),
      qledger.wall.toFixed(1),
      qledger.cpu.toFixed(1),
      qledger.first.toFixed(1),
      plain?.wall.toFixed(0) ?? '-',
      plain?.cpu.toFixed(0) ?? '-',
      plain === undefined ? '-' : (plain.cpu / qledger.cpu).toFixed(0),
    ]);
  }
  return table.toString();
}

/** Those that DuckDB was asked too. */
export function duckdbTable(timings: readonly ReportTimings[]): string {
  const table = tableOf('report', 'window', 'ms', 'CPU ms', 'DuckDB ms', 'CPU ms', 'times');
  for (const { name, window, qledger, duckdb } of timings) {
    if (duckdb === undefined) continue;
    table.push([
      name,
      window,
      qledger.wall.toFixed(1),
      qledger.cpu.toFixed(1),
      duckdb.wall.toFixed(1),
      duckdb.cpu.toFixed(1),
      (duckdb.wall / qledger.wall).toFixed(1),
    ]);
  }
  return table.toString();
}

export function pagesTable(pages: readonly PageTiming[]): string {
  const table = tableOf('search', 'page', 'ms', 'CPU ms', 'first ms');
  for (const { search, page, timing } of pages) {
    table.push([
      search,
      page.toLocaleString('en'),
      timing.wall.toFixed(2),
      timing.cpu.toFixed(2),
      timing.first.toFixed(1),
    ]);
  }
  return table.toString();
}

function tableOf(...head: string[]): InstanceType<typeof Table> {
  return new Table({
    head,
    colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
}
