import type Database from 'better-sqlite3';
import { SEGMENT_IDS, segmentOf } from '../../facts/job-facts.ts';

/** Remembers segments whose jobs have changed, in the transaction that changes them. */
export class StaleSegments {
  readonly #mark: Database.Statement<[number]>;

  constructor(db: Database.Database) {
    this.#mark = db.prepare('INSERT INTO stale_segments (id) VALUES (?) ON CONFLICT DO NOTHING');
  }

  /** @param jobIds ids of rows; 0 is none. */
  mark(jobIds: Iterable<number>): void {
    const segments = new Set<number>();
    for (const id of jobIds) if (id !== 0) segments.add(segmentOf(id));
    for (const segment of segments) this.markSegment(segment);
  }

  markSegment(segment: number): void {
    this.#mark.run(segment);
  }
}

/** Marks all that there are or should be. */
export function markAllSegments(db: Database.Database): void {
  db.prepare(
    `INSERT INTO stale_segments (id)
     SELECT id FROM fact_segments UNION SELECT DISTINCT id / ${SEGMENT_IDS} FROM jobs WHERE true
     ON CONFLICT DO NOTHING`,
  ).run();
}
