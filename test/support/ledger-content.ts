import { queryColumn, queryLedger, type Row } from './query-ledger.ts';

/** What a ledger holds, in an order of its own and with names for ids: equal however it came to be. */
export interface LedgerContent {
  readonly machine: readonly Row[];
  /** Every column of each job with its charge, the place it was read from, and no run. */
  readonly jobs: readonly Row[];
  readonly summary: readonly Row[];
  readonly rejects: readonly Row[];
  readonly users: readonly Row[string][];
  readonly accounts: readonly Row[string][];
  readonly queues: readonly Row[string][];
  readonly qos: readonly Row[];
  readonly chargeRules: readonly Row[];
  readonly staleDays: readonly Row[string][];
}

export function ledgerContent(path: string): LedgerContent {
  return {
    machine: queryLedger(path, 'SELECT machine, time_zone FROM ledger'),
    jobs: ledgerJobs(path),
    summary: ledgerSummary(path),
    rejects: ledgerRejects(path),
    users: queryColumn(path, 'SELECT username FROM users ORDER BY 1'),
    accounts: queryColumn(path, 'SELECT account_name FROM accounts ORDER BY 1'),
    queues: queryColumn(path, 'SELECT queue_name FROM queues ORDER BY 1'),
    qos: queryLedger(path, 'SELECT name, factor FROM job_qos ORDER BY 1'),
    chargeRules: queryLedger(path, 'SELECT version, hash, rules FROM charge_rule_sets ORDER BY 1'),
    staleDays: queryColumn(path, 'SELECT date FROM stale_days ORDER BY 1'),
  };
}

/** The jobs by job id and submission; a charge that is missing is NULL. */
export function ledgerJobs(path: string): Row[] {
  return queryLedger(
    path,
    `SELECT
       j.*, u.username AS user, a.account_name AS account, q.queue_name AS queue, s.name AS qos,
       f.path AS file, c.cpu_hours, c.gpu_hours, c.memory_hours, c.qos_factor, c.charge_version,
       c.incomplete
     FROM jobs j
     LEFT JOIN job_charges c ON c.job_id = j.id
     LEFT JOIN users u ON u.id = j.user_id
     LEFT JOIN accounts a ON a.id = j.account_id
     LEFT JOIN queues q ON q.id = j.queue_id
     LEFT JOIN job_qos s ON s.id = j.qos_id
     LEFT JOIN source_files f ON f.id = j.file_id
     ORDER BY j.job_id, j.submit`,
  ).map(withoutIds);
}

export function ledgerSummary(path: string): Row[] {
  return queryLedger(
    path,
    `SELECT d.*, u.username AS user, a.account_name AS account, q.queue_name AS queue
     FROM daily_summary d
     LEFT JOIN users u ON u.id = d.user_id
     LEFT JOIN accounts a ON a.id = d.account_id
     LEFT JOIN queues q ON q.id = d.queue_id
     ORDER BY d.date, u.username, a.account_name, q.queue_name`,
  ).map(withoutIds);
}

export function ledgerRejects(path: string): Row[] {
  return queryLedger(
    path,
    `SELECT f.path AS file, r.line, r.byte_offset, r.code, r.reason, r.raw_text
     FROM rejects r LEFT JOIN source_files f ON f.id = r.file_id
     ORDER BY f.path, r.byte_offset`,
  );
}

const IDS = ['id', 'user_id', 'account_id', 'queue_id', 'qos_id', 'file_id', 'run_id'];

function withoutIds(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !IDS.includes(column)));
}
