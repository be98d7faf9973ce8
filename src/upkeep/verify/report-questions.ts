import type Database from 'better-sqlite3';
import { ledgerCheck } from '../../reports/check/ledger-check.ts';
import { jobOrigins } from '../../reports/job-origins.ts';
import { ledgerStatus } from '../../reports/ledger-status.ts';
import { PLOT_FILES } from '../../reports/plot-files/plot-files.ts';
import { REPORTS } from '../../reports/registry.ts';
import { rejectGroups } from '../../reports/reject-groups.ts';
import { eachRejectByFile, rejectById, rejectLines } from '../../reports/reject-lines.ts';
import { runDetails } from '../../reports/run-details.ts';
import { runList } from '../../reports/run-list.ts';
import { SEARCH_COLUMNS } from '../../reports/search/job-columns.ts';
import type { JobFilter } from '../../reports/search/job-filter.ts';
import { searchJobs } from '../../reports/search/search-jobs.ts';
import { USAGE_DIMENSIONS, usage } from '../../reports/usage.ts';
import { NO_FACTS } from '../../site/machine-facts.ts';

export interface ReportQuestion {
  readonly report: string;
  ask(db: Database.Database): unknown;
}

const DAYS = { from: '1970-01-01', to: '1970-01-31' };
const DAY_SECONDS = 86_400;
const JOB_FILTERS: readonly JobFilter[] = [
  {},
  { queues: ['queue'] },
  { users: ['user'] },
  { accounts: ['account'] },
  { jobIds: ['1.server'] },
  { endFrom: 0, endBefore: DAY_SECONDS },
];

/**
 * Each report, asked as people do, so that the plans of its queries can be looked at. A new report belongs
 * here, unless it is made to read all jobs.
 */
export const REPORT_QUESTIONS: readonly ReportQuestion[] = [
  ...USAGE_DIMENSIONS.map((by) => ({
    report: `usage --by ${by}`,
    ask: (db: Database.Database) => usage(db, { by, ...DAYS }),
  })),
  ...REPORTS.map((definition) => ({
    report: `report ${definition.name}`,
    ask: (db: Database.Database) =>
      definition.answer(db, { ...DAYS, period: 'week', top: null, site: NO_FACTS }),
  })),
  ...PLOT_FILES.map((file) => ({
    report: `${file.name}.dat`,
    ask: (db: Database.Database) =>
      file.answer(db, { ...DAYS, period: 'week', top: null, site: NO_FACTS }),
  })),
  ...JOB_FILTERS.map((filter) => ({
    report: `jobs ${Object.keys(filter).join(' ')}`.trimEnd(),
    ask: (db: Database.Database) =>
      searchJobs(db, {
        filter,
        order: { by: 'end', descending: true },
        columns: SEARCH_COLUMNS,
        limit: 50,
      }),
  })),
  { report: 'status', ask: ledgerStatus },
  {
    report: 'check',
    ask: (db) => ledgerCheck(db, { maxAgeSeconds: DAY_SECONDS, now: DAY_SECONDS }),
  },
  { report: 'runs list', ask: (db) => runList(db, 20) },
  { report: 'runs show', ask: (db) => runDetails(db, 1) },
  { report: 'runs of', ask: (db) => jobOrigins(db, '1.server') },
  { report: 'rejects list', ask: (db) => rejectGroups(db, { run: 1, code: 'code' }, 3) },
  { report: 'rejects show', ask: (db) => [rejectById(db, 1), rejectLines(db, { file: '*' }, 10)] },
  { report: 'rejects export', ask: (db) => [...eachRejectByFile(db, {})] },
];
