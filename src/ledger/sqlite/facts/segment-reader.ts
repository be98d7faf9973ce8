import type Database from 'better-sqlite3';
import type { ZoneClock } from '../../../site/zone-clock.ts';
import { FACT, JOB_FACTS, type JobFact, SEGMENT_IDS } from '../../facts/job-facts.ts';
import type { FactColumns } from './fact-segments.ts';

/** Where a fact of job `j` with charge `c` comes from, unless it is a column of that name of `j`. */
const SOURCES: Partial<Record<JobFact, string>> = {
  end_day: 'j."end"',
  status_id: '(SELECT s.id FROM exit_statuses s WHERE s.status = j.status)',
  cpu_hours: 'c.cpu_hours',
  gpu_hours: 'c.gpu_hours',
  memory_hours: 'c.memory_hours',
  qos_factor: 'c.qos_factor',
  eligible_to_start: 'j.start - j.eligible',
};
const COLUMNS = JOB_FACTS.map((fact) => SOURCES[fact] ?? `j.${fact}`).join(', ');

/** The ids of the jobs that a segment has at most, both included. */
export function idsOf(segment: number): { firstId: number; lastId: number } {
  return { firstId: segment * SEGMENT_IDS, lastId: (segment + 1) * SEGMENT_IDS - 1 };
}

/** Makes the facts of a segment of its jobs. */
export class SegmentReader {
  readonly #clock: ZoneClock;
  readonly #read: Database.Statement<[number, number], (number | null)[]>;
  readonly #numbers = new Float64Array(JOB_FACTS.length * SEGMENT_IDS);

  constructor(db: Database.Database, clock: ZoneClock) {
    this.#clock = clock;
    this.#read = db
      .prepare<[number, number], (number | null)[]>(
        `SELECT ${COLUMNS} FROM jobs j NOT INDEXED CROSS JOIN job_charges c ON c.job_id = j.id
         WHERE j.id BETWEEN ? AND ? ORDER BY j.id`,
      )
      .raw();
  }

  /** The facts are valid until the next are read. */
  read(segment: number): FactColumns {
    const numbers = this.#numbers;
    const { firstId, lastId } = idsOf(segment);
    let jobs = 0;
    for (const row of this.#read.iterate(firstId, lastId)) {
      for (let fact = 0; fact < row.length; fact++) {
        numbers[fact * SEGMENT_IDS + jobs] = row[fact] ?? Number.NaN;
      }
      const end = FACT.end_day * SEGMENT_IDS + jobs;
      numbers[end] = this.#clock.localDay(numbers[end]);
      jobs++;
    }
    return { jobs, numbers, capacity: SEGMENT_IDS };
  }
}
