import type Database from 'better-sqlite3';
import { sampledIds } from './sampled-ids.ts';

/** A job with all that its charge may depend on, and the charge that it has. */
export interface ChargedJobRow {
  readonly id: number;
  readonly job_id: string;
  readonly submit: number;
  readonly end: number;
  readonly user: string | null;
  readonly account: string | null;
  readonly queue: string | null;
  readonly qos: string | null;
  readonly cputype: string | null;
  readonly gputype: string | null;
  readonly priority: string | null;
  readonly elapsed: number | null;
  readonly numcpus: number | null;
  readonly numgpus: number | null;
  readonly numnodes: number | null;
  readonly cputime: number | null;
  readonly memory: number | null;
  readonly reqmem: number | null;
  readonly cpu_hours: number;
  readonly gpu_hours: number;
  readonly memory_hours: number;
  readonly qos_factor: number;
  readonly charge_version: number;
  readonly incomplete: number;
}

// Read by row ids alone, so that no index has a say in it.
const SELECT = `SELECT
    j.id, j.job_id, j.submit, j."end",
    u.username AS user, a.account_name AS account, q.queue_name AS queue, s.name AS qos,
    j.cputype, j.gputype, j.priority,
    j.elapsed, j.numcpus, j.numgpus, j.numnodes, j.cputime, j.memory, j.reqmem,
    c.cpu_hours, c.gpu_hours, c.memory_hours, c.qos_factor, c.charge_version, c.incomplete
  FROM jobs j NOT INDEXED
  CROSS JOIN job_charges c NOT INDEXED ON c.job_id = j.id
  LEFT JOIN users u ON u.id = j.user_id
  LEFT JOIN accounts a ON a.id = j.account_id
  LEFT JOIN queues q ON q.id = j.queue_id
  LEFT JOIN job_qos s ON s.id = j.qos_id`;

/** Jobs that have a charge, in the order of their rows: all, or so many from all over the ledger. */
export function* chargedJobs(
  db: Database.Database,
  many: number | 'all',
): Generator<ChargedJobRow> {
  const range = db
    .prepare<[], { first: number | null; last: number | null; runs: number }>(
      `SELECT (SELECT min(id) FROM jobs) AS first, (SELECT max(id) FROM jobs) AS last,
         (SELECT coalesce(max(id), 0) FROM runs) AS runs`,
    )
    .get();
  if (range === undefined || range.first === null || range.last === null) return;
  const { first, last, runs } = range;
  if (many === 'all' || many >= last - first + 1) {
    yield* db.prepare<[], ChargedJobRow>(`${SELECT} ORDER BY j.id`).iterate();
    return;
  }
  const next = db.prepare<[number], ChargedJobRow>(
    `${SELECT} WHERE j.id >= ? ORDER BY j.id LIMIT 1`,
  );
  // The same ledger gives the same jobs, and other ones after every run.
  for (const id of sampledIds(first, last, many, runs)) {
    const row = next.get(id);
    if (row !== undefined) yield row;
  }
}
