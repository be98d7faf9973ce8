import type { DuckDBConnection } from '@duckdb/node-api';
import { BANDINGS } from '../../src/reports/job-bandings.ts';
import type { ReportValue } from '../../src/reports/report.ts';
import type { MachineFacts } from '../../src/site/machine-facts.ts';
import type { Answer } from './answer-rows.ts';
import type { BenchQuestion } from './bench-question.ts';
import {
  ACCOUNTS,
  bandCase,
  groupedSql,
  type PlainReport,
  USERS,
  usageMeasures,
  waitMeasures,
} from './plain-reports.ts';
import { DUCKDB } from './sql-dialect.ts';

const CHARGED_JOBS = 'FROM jobs j JOIN job_charges c ON c.job_id = j.id';
const USAGE = usageMeasures(DUCKDB);

/** The standard questions, with only the names and charges that each needs; by the name of the report. */
const QUESTIONS: Readonly<
  Record<string, { jobs: string; ask: (site: MachineFacts) => PlainReport }>
> = {
  'usage-by-user': {
    jobs: `${CHARGED_JOBS} JOIN users u ON u.id = j.user_id`,
    ask: () => ({ by: { user: 'u.username' }, measures: USAGE }),
  },
  'usage-by-account': {
    jobs: `${CHARGED_JOBS} JOIN accounts a ON a.id = j.account_id`,
    ask: () => ({ by: { account: 'a.account_name' }, measures: USAGE }),
  },
  'job-sizes-by-nodes': {
    jobs: CHARGED_JOBS,
    ask: (site) => ({ by: { band: byNodes(site) }, measures: { ...USAGE, ...USERS } }),
  },
  'waits-by-nodes': {
    jobs: 'FROM jobs j',
    ask: (site) => ({ by: { band: byNodes(site) }, measures: waitMeasures(DUCKDB) }),
  },
  'usage-history': {
    jobs: CHARGED_JOBS,
    ask: () => ({
      by: { month: DUCKDB.month },
      measures: { ...USAGE, ...USERS, ...ACCOUNTS },
    }),
  },
};

/** What DuckDB is asked; undefined of a report that is not one of the standard ones. */
export function duckdbReport({ name, asked: { site } }: BenchQuestion): string | undefined {
  if (!Object.hasOwn(QUESTIONS, name)) return undefined;
  const { jobs, ask } = QUESTIONS[name];
  return groupedSql(ask(site), DUCKDB, jobs);
}

export async function duckdbAnswer(
  connection: DuckDBConnection,
  sql: string,
  { from, to }: BenchQuestion['asked'],
): Promise<Answer> {
  const reader = await connection.runAndReadAll(sql, { from, to });
  return {
    keys: reader.columnNames(),
    rows: reader.getRowsJS().map((row) => row.map(reportValue)),
  };
}

/** Sums and counts are wider there than a number is, but hold none that is. */
function reportValue(value: unknown): ReportValue {
  return value === null || typeof value === 'string' ? value : Number(value);
}

function byNodes(site: MachineFacts): string {
  return bandCase('j.numnodes', BANDINGS.nodes.bands(site));
}
