import type Database from 'better-sqlite3';
import { encodeFactColumn } from '../../facts/fact-column.ts';
import { FACT, FACTS_PER_SEGMENT, factRowId, JOB_FACTS } from '../../facts/job-facts.ts';

/** The facts of some jobs: one column after the other, NaN for NULL. */
export interface FactColumns {
  readonly jobs: number;
  /** JOB_FACTS.length columns of `capacity` numbers, of which the first `jobs` count. */
  readonly numbers: Float64Array;
  readonly capacity: number;
}

/** The days in which the jobs of a segment ended, both included, so that others need not look into it. */
export interface SegmentDays {
  readonly firstDay: number;
  readonly lastDay: number;
}

/** The rows of a segment: an id and the bytes of a fact, in the order of ids. */
export function* encodedFacts(
  segment: number,
  { jobs, numbers, capacity }: FactColumns,
): Generator<{ readonly id: number; readonly column: Uint8Array<ArrayBuffer> }> {
  for (let fact = 0; fact < JOB_FACTS.length; fact++) {
    const at = fact * capacity;
    const column = encodeFactColumn(numbers.subarray(at, at + jobs));
    yield { id: factRowId(segment, fact), column };
  }
}

export function daysOf({ jobs, numbers, capacity }: FactColumns): SegmentDays {
  const at = FACT.end_day * capacity;
  let firstDay = Number.POSITIVE_INFINITY;
  let lastDay = Number.NEGATIVE_INFINITY;
  for (let i = at; i < at + jobs; i++) {
    firstDay = Math.min(firstDay, numbers[i]);
    lastDay = Math.max(lastDay, numbers[i]);
  }
  return { firstDay, lastDay };
}

/** Writes segments of a ledger, each instead of what was there of it. */
export class FactSegments {
  readonly #removeFacts: Database.Statement<[number, number]>;
  readonly #removeSegment: Database.Statement<[number]>;
  readonly #insertFact: Database.Statement<[number, Uint8Array]>;
  readonly #insertSegment: Database.Statement<[number, number, number, number]>;

  constructor(db: Database.Database) {
    this.#removeFacts = db.prepare('DELETE FROM job_facts WHERE id >= ? AND id < ?');
    this.#removeSegment = db.prepare('DELETE FROM fact_segments WHERE id = ?');
    this.#insertFact = db.prepare('INSERT INTO job_facts (id, numbers) VALUES (?, ?)');
    this.#insertSegment = db.prepare(
      'INSERT INTO fact_segments (id, jobs, first_day, last_day) VALUES (?, ?, ?, ?)',
    );
  }

  replace(segment: number, facts: FactColumns): void {
    const first = factRowId(segment, 0);
    this.#removeFacts.run(first, first + FACTS_PER_SEGMENT);
    this.#removeSegment.run(segment);
    if (facts.jobs === 0) return;
    for (const { id, column } of encodedFacts(segment, facts)) this.#insertFact.run(id, column);
    this.enter(segment, facts.jobs, daysOf(facts));
  }

  /** Only tells of a segment; its facts stand already. */
  enter(segment: number, jobs: number, { firstDay, lastDay }: SegmentDays): void {
    this.#insertSegment.run(segment, jobs, firstDay, lastDay);
  }
}
