import { CHARGE_COLUMNS } from './charge-rows.ts';
import { JOB_COLUMNS } from './job-columns.ts';

/** What a ledger holds that does not depend on how it came about. */
export const CONTENT_TABLES = ['ledger', 'jobs', 'job_charges', 'daily_summary'] as const;
export type ContentTableName = (typeof CONTENT_TABLES)[number];

export interface ContentColumn {
  readonly name: string;
  readonly sql: string;
  readonly isTime: boolean;
}

export interface ContentTable {
  readonly name: ContentTableName;
  readonly columns: readonly ContentColumn[];
}

/** Where columns stand in a row, the last excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * One walk through a ledger. Its rows have the values of the key, then the columns of each table. The first
 * table has a row for every key; a table after it has none where all its columns are NULL.
 */
export interface ContentPass {
  /** What rows of two ledgers are matched by. */
  readonly key: readonly ContentColumn[];
  readonly tables: readonly ContentTable[];
  /** Columns by which a person knows which row it is. */
  readonly identity: readonly string[];
  /** The walk in the order of the file, and in the order of the key without sorting all rows. */
  readonly from: { readonly asStored: string; readonly byKey: string };
}

/** Where a job came from is no part of what it is. */
const PROVENANCE = ['id', 'run_id', 'file_id', 'line'];
const TIMES = ['submit', 'queued', 'eligible', 'start', 'end'];

const NAMES = new Map([
  ['user_id', column('user', 'u.username')],
  ['account_id', column('account', 'a.account_name')],
  ['queue_id', column('queue', 'q.queue_name')],
  ['qos_id', column('qos', 's.name')],
  // Two ledgers may have numbered the same rules differently.
  ['charge_version', column('charge_rules', 'r.hash')],
]);

/**
 * Names instead of ids, and nothing of the journal: no run, file or line, no row id. What the lookup tables
 * hold is seen through the jobs that use it.
 */
export const CONTENT_PASSES: readonly ContentPass[] = [ledgerPass(), jobPass(), summaryPass()];

/** @returns the query of a pass, with its columns in the order of `passColumns`. */
export function passSql(pass: ContentPass, order: 'asStored' | 'byKey'): string {
  const columns = passColumns(pass).map(({ sql }) => sql);
  const orderBy =
    order === 'byKey' && pass.key.length > 0
      ? ` ORDER BY ${pass.key.map(({ sql }) => sql).join(', ')}`
      : '';
  return `SELECT ${columns.join(', ')} FROM ${pass.from[order]}${orderBy}`;
}

export function passColumns({ key, tables }: ContentPass): ContentColumn[] {
  return [...key, ...tables.flatMap(({ columns }) => columns)];
}

/** The tables of a pass, each with the place of its columns in a row. */
export function tableSpans({ key, tables }: ContentPass): (ContentTable & Span)[] {
  let end = key.length;
  return tables.map((table) => {
    const from = end;
    end += table.columns.length;
    return { ...table, from, to: end };
  });
}

function ledgerPass(): ContentPass {
  const columns = [column('machine'), column('time_zone')];
  return {
    key: [],
    tables: [{ name: 'ledger', columns }],
    identity: ['machine'],
    from: { asStored: 'ledger', byKey: 'ledger' },
  };
}

function jobPass(): ContentPass {
  const key = ['job_id', 'submit'];
  const facts = JOB_COLUMNS.map(({ name }) => name).filter(
    (name) => !PROVENANCE.includes(name) && !key.includes(name),
  );
  const charge = CHARGE_COLUMNS.filter((name) => name !== 'job_id');
  // A job whose user or charge is missing is a fault, and as such it must be seen.
  const joins = `
    LEFT JOIN users u ON u.id = j.user_id
    LEFT JOIN accounts a ON a.id = j.account_id
    LEFT JOIN queues q ON q.id = j.queue_id
    LEFT JOIN job_qos s ON s.id = j.qos_id
    LEFT JOIN job_charges c ON c.job_id = j.id
    LEFT JOIN charge_rule_sets r ON r.version = c.charge_version`;
  return {
    key: key.map((name) => storedColumn('j', name)),
    tables: [
      { name: 'jobs', columns: facts.map((name) => storedColumn('j', name)) },
      { name: 'job_charges', columns: charge.map((name) => storedColumn('c', name)) },
    ],
    identity: ['job_id', 'submit', 'user', 'queue'],
    from: {
      asStored: `jobs j NOT INDEXED ${joins}`,
      byKey: `jobs j INDEXED BY ux_jobs_job_id_submit ${joins}`,
    },
  };
}

function summaryPass(): ContentPass {
  const names = ['date', 'user_id', 'account_id', 'queue_id'];
  const measures = [
    'job_count',
    ...['cpu_hours', 'gpu_hours', 'memory_hours'],
    ...['cpu_charges', 'gpu_charges', 'memory_charges'],
  ];
  // It is stored by date, so that only the rows of one day are ever sorted.
  const from = `daily_summary d
    LEFT JOIN users u ON u.id = d.user_id
    LEFT JOIN accounts a ON a.id = d.account_id
    LEFT JOIN queues q ON q.id = d.queue_id`;
  return {
    key: names.map((name) => storedColumn('d', name)),
    tables: [{ name: 'daily_summary', columns: measures.map((name) => storedColumn('d', name)) }],
    identity: ['date', 'user', 'account', 'queue'],
    from: { asStored: from, byKey: from },
  };
}

function storedColumn(table: string, name: string): ContentColumn {
  return NAMES.get(name) ?? column(name, `${table}."${name}"`);
}

function column(name: string, sql: string = name): ContentColumn {
  return { name, sql, isTime: TIMES.includes(name) };
}
