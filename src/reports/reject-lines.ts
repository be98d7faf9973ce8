import type Database from 'better-sqlite3';
import { type RejectFilter, rejectCondition } from './reject-filter.ts';

/** One line that can't be a job, with all that the ledger keeps of it. */
export interface RejectLine {
  readonly id: number;
  readonly runId: number;
  readonly path: string;
  readonly format: string;
  readonly line: number;
  /** Bytes before it in its file. */
  readonly byteOffset: number;
  readonly code: string;
  readonly reason: string;
  /** As it stands in the file, control characters and all, up to a limit. */
  readonly rawText: string;
  /** Of the raw text in UTF-8. */
  readonly rawBytes: number;
}

const SELECT = `SELECT r.id, r.run_id AS runId, f.path, f.format, r.line, r.byte_offset AS byteOffset,
    r.code, r.reason, r.raw_text AS rawText, octet_length(r.raw_text) AS rawBytes
  FROM rejects r CROSS JOIN source_files f ON f.id = r.file_id`;

export function rejectById(db: Database.Database, id: number): RejectLine | undefined {
  return db.prepare<[number], RejectLine>(`${SELECT} WHERE r.id = ?`).get(id);
}

/** Rejects in the order in which they came into the ledger. */
export function rejectLines(
  db: Database.Database,
  filter: RejectFilter,
  limit: number,
): RejectLine[] {
  const { sql, values } = rejectCondition(filter);
  return db
    .prepare<[Readonly<Record<string, string | number>>], RejectLine>(
      `${SELECT} WHERE ${sql} ORDER BY r.id LIMIT @limit`,
    )
    .all({ ...values, limit });
}

/** All of them, one at a time, in the order of their files: there can be millions. */
export function eachRejectByFile(
  db: Database.Database,
  filter: RejectFilter,
): IterableIterator<RejectLine> {
  const { sql, values } = rejectCondition(filter);
  return db
    .prepare<[Readonly<Record<string, string | number>>], RejectLine>(
      `${SELECT} WHERE ${sql} ORDER BY r.file_id, r.byte_offset`,
    )
    .iterate(values);
}

/** What a file of such lines begins with, so that it can be read: files alike in both can be one file. */
export interface RejectSource {
  readonly format: string;
  /** The line that names the columns; null where the format has none. */
  readonly header: string | null;
  readonly files: number;
  /** One of the files. */
  readonly path: string;
}

/** The kinds of files that hold the rejects. */
export function rejectSources(db: Database.Database, filter: RejectFilter): RejectSource[] {
  const { sql, values } = rejectCondition(filter);
  return db
    .prepare<[Readonly<Record<string, string | number>>], RejectSource>(
      `SELECT f.format, f.header, count(*) AS files, min(f.path) AS path FROM source_files f
       WHERE EXISTS (SELECT 1 FROM rejects r WHERE r.file_id = f.id AND ${sql})
       GROUP BY f.format, f.header ORDER BY count(*) DESC, path`,
    )
    .all(values);
}
