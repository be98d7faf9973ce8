import type Database from 'better-sqlite3';
import { type RejectFilter, rejectCondition } from './reject-filter.ts';

export interface RejectExample {
  readonly id: number;
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

export interface RejectCodeGroup {
  readonly code: string;
  readonly count: number;
  /** How many files they are in. */
  readonly files: number;
  /** The first ones that came into the ledger. */
  readonly examples: readonly RejectExample[];
}

/** The rejects of a ledger by code, most frequent first. @param examples how many of each code. */
export function rejectGroups(
  db: Database.Database,
  filter: RejectFilter,
  examples: number,
): RejectCodeGroup[] {
  const { sql, values } = rejectCondition(filter);
  const groups = db
    .prepare<[Readonly<Record<string, string | number>>], Omit<RejectCodeGroup, 'examples'>>(
      `SELECT r.code, count(*) AS count, count(DISTINCT r.file_id) AS files
       FROM rejects r CROSS JOIN source_files f ON f.id = r.file_id
       WHERE ${sql} GROUP BY r.code ORDER BY count(*) DESC, r.code`,
    )
    .all(values);
  const first = db.prepare<[Readonly<Record<string, string | number>>], RejectExample>(
    `SELECT r.id, f.path, r.line, r.reason
     FROM rejects r CROSS JOIN source_files f ON f.id = r.file_id
     WHERE ${sql} AND r.code = @group ORDER BY r.id LIMIT @examples`,
  );
  return groups.map((group) => ({
    ...group,
    examples: first.all({ ...values, group: group.code, examples }),
  }));
}
