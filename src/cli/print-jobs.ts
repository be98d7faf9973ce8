import type Database from 'better-sqlite3';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import type { Report } from '../reports/report.ts';
import { CursorError } from '../reports/search/cursor.ts';
import {
  DEFAULT_COLUMNS,
  reportColumn,
  SEARCH_COLUMNS,
  type SearchColumn,
  searchColumn,
} from '../reports/search/job-columns.ts';
import { jobFacets } from '../reports/search/job-facets.ts';
import type { JobFilter } from '../reports/search/job-filter.ts';
import { countJobs, type JobOrder, searchJobs } from '../reports/search/search-jobs.ts';
import { windowText } from '../reports/window.ts';
import { windowInstants } from '../reports/window-instants.ts';
import { askLedger } from './ask-ledger.ts';
import { readBound } from './bound-option.ts';
import type { JobsOptions } from './jobs-command.ts';
import { printInFormat } from './print-in-format.ts';
import { reportWindow } from './report-window.ts';
import { UsageError } from './usage-error.ts';

const FACETS = ['user', 'account', 'queue', 'qos', 'status'] as const;

/** @throws UsageError where an option makes no sense. */
export async function printJobs(options: JobsOptions, ledger: string): Promise<void> {
  const order = orderOf(options.order);
  const columns = columnsOf(options.columns);
  const { report, beside } = askLedger(ledger, (db) => {
    const filter = filterOf(db, options);
    if (options.count === true) return { report: countReport(db, filter, options), beside: '' };
    if (options.facets === true) return { report: facetReport(db, filter, options), beside: '' };
    return pageReport(db, filter, order, columns, options);
  });
  await printInFormat(report, options.format);
  if (options.format === 'table') process.stdout.write(beside);
}

function pageReport(
  db: Database.Database,
  filter: JobFilter,
  order: JobOrder,
  columns: readonly SearchColumn[],
  options: JobsOptions,
): { report: Report; beside: string } {
  const { limit, cursor } = options;
  try {
    const search = { filter, order, columns, limit, ...(cursor === undefined ? {} : { cursor }) };
    const { rows, next, previous } = searchJobs(db, search);
    const cursors = {
      ...(next === null ? {} : { next }),
      ...(previous === null ? {} : { previous }),
    };
    const beside = Object.entries(cursors).map(
      ([page, text]) => `${page} page: --cursor ${text}\n`,
    );
    const report = {
      ...reportOf(db, 'jobs', options),
      columns: columns.map(reportColumn),
      rows,
      cursors,
    };
    return { report, beside: beside.length === 0 ? '' : `\n${beside.join('')}` };
  } catch (problem) {
    if (!(problem instanceof CursorError)) throw problem;
    throw new UsageError(`--cursor: ${problem.message}`);
  }
}

function countReport(db: Database.Database, filter: JobFilter, options: JobsOptions): Report {
  return {
    ...reportOf(db, 'job-count', options),
    columns: [{ key: 'jobs', label: 'Jobs', kind: 'count' }],
    rows: [[countJobs(db, filter)]],
  };
}

function facetReport(db: Database.Database, filter: JobFilter, options: JobsOptions): Report {
  return {
    ...reportOf(db, 'job-facets', options),
    columns: [
      { key: 'dimension', label: 'By', kind: 'text' },
      { key: 'name', label: 'Name', kind: 'text' },
      { key: 'jobs', label: 'Jobs', kind: 'count' },
    ],
    rows: jobFacets(db, filter, FACETS, options.limit),
  };
}

function reportOf(
  db: Database.Database,
  kind: string,
  options: JobsOptions,
): Omit<Report, 'columns' | 'rows'> {
  return {
    kind,
    machine: ledgerMachine(db)?.machine ?? 'unknown',
    ...windowText(reportWindow(db, options)),
    notes: [],
  };
}

function filterOf(db: Database.Database, options: JobsOptions): JobFilter {
  const { user, account, queue, qos, status, id, name, run, min = [], max = [] } = options;
  const hasWindow = [options.from, options.to, options.last, options.month].some(
    (option) => option !== undefined,
  );
  const { from, to } = windowText(reportWindow(db, options));
  const instants = hasWindow ? windowInstants(db, from, to) : undefined;
  return {
    ...(user === undefined ? {} : { users: user }),
    ...(account === undefined ? {} : { accounts: account }),
    ...(queue === undefined ? {} : { queues: queue }),
    ...(qos === undefined ? {} : { qos }),
    ...(status === undefined ? {} : { statuses: status }),
    ...(id === undefined ? {} : { jobIds: id }),
    ...(name === undefined ? {} : { names: name }),
    ...(run === undefined ? {} : { run }),
    ...(instants === undefined ? {} : { endFrom: instants.start, endBefore: instants.end }),
    bounds: [
      ...min.map((text) => readBound('min', text)),
      ...max.map((text) => readBound('max', text)),
    ],
  };
}

function orderOf(text: string): JobOrder {
  const descending = text.startsWith('-');
  const by = descending ? text.slice(1) : text;
  if (searchColumn(by) === undefined) throw new UsageError(`--order ${text}: ${noColumn(by)}`);
  return { by, descending };
}

function columnsOf(text: string | undefined): readonly SearchColumn[] {
  if (text === 'all') return SEARCH_COLUMNS;
  return (text?.split(',') ?? DEFAULT_COLUMNS).map((key) => {
    const column = searchColumn(key);
    if (column === undefined) throw new UsageError(`--columns ${text}: ${noColumn(key)}`);
    return column;
  });
}

function noColumn(key: string): string {
  const names = SEARCH_COLUMNS.map((column) => column.key).join(', ');
  return `there is no column "${key}"; there are ${names}`;
}
