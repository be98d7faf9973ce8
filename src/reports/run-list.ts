import type Database from 'better-sqlite3';

/** `running` is a run at work, or one that was killed and that nothing has followed yet. */
export type RunStatus = 'running' | 'complete' | 'failed' | 'interrupted';

export interface RunSummary {
  readonly id: number;
  readonly command: string;
  readonly status: RunStatus;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** From begin to end; null while the end is not known. */
  readonly seconds: number | null;
  readonly chargeVersion: number;
  readonly qledgerVersion: string;
  readonly error: string | null;
}

const COLUMNS = `id, command, status, strftime('%FT%TZ', started_at, 'unixepoch') AS startedAt,
  finished_at - started_at AS seconds, charge_version AS chargeVersion,
  qledger_version AS qledgerVersion, error`;

/** The journal's last runs, newest first. */
export function runList(db: Database.Database, limit: number): RunSummary[] {
  return db
    .prepare<[number], RunSummary>(`SELECT ${COLUMNS} FROM runs ORDER BY id DESC LIMIT ?`)
    .all(limit);
}

/** One run of the journal. */
export function runById(db: Database.Database, id: number): RunSummary | undefined {
  return db.prepare<[number], RunSummary>(`SELECT ${COLUMNS} FROM runs WHERE id = ?`).get(id);
}
