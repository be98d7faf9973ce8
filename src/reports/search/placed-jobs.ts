import type Database from 'better-sqlite3';
import { SEGMENT_IDS, segmentOf } from '../../ledger/facts/job-facts.ts';
import { idsOf } from '../../ledger/sqlite/facts/segment-reader.ts';

/** The ids of jobs by their places in the facts, and back. In a segment that is full the place is the id. */
export class PlacedJobs {
  readonly #full: ReadonlySet<number>;
  readonly #read: Database.Statement<[number, number], number>;
  readonly #ids = new Map<number, readonly number[]>();

  constructor(db: Database.Database) {
    const full = 'SELECT id FROM fact_segments WHERE jobs = ?';
    this.#full = new Set(db.prepare<[number], number>(full).pluck().all(SEGMENT_IDS));
    // The rows of charges are shorter than those of jobs.
    this.#read = db
      .prepare<[number, number], number>(
        'SELECT job_id FROM job_charges WHERE job_id BETWEEN ? AND ? ORDER BY job_id',
      )
      .pluck();
  }

  idAt(place: number): number {
    const segment = segmentOf(place);
    return this.#full.has(segment) ? place : this.#idsOf(segment)[place - segment * SEGMENT_IDS];
  }

  /** The place that jobs are behind in the order of ids just where they are behind an id, which need not be there. */
  borderOf(id: number, descending: boolean): number {
    return descending ? this.#lastUpTo(id - 1) + 1 : this.#lastUpTo(id);
  }

  #lastUpTo(id: number): number {
    const segment = segmentOf(id);
    if (this.#full.has(segment)) return id;
    return segment * SEGMENT_IDS + this.#idsOf(segment).findLastIndex((known) => known <= id);
  }

  #idsOf(segment: number): readonly number[] {
    const known = this.#ids.get(segment);
    if (known !== undefined) return known;
    const { firstId, lastId } = idsOf(segment);
    const ids = this.#read.all(firstId, lastId);
    this.#ids.set(segment, ids);
    return ids;
  }
}
