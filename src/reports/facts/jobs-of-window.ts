import type Database from 'better-sqlite3';
import { decodeFactColumn } from '../../ledger/facts/fact-column.ts';
import { FACT, factRowId, type JobFact, SEGMENT_IDS } from '../../ledger/facts/job-facts.ts';
import { LedgerError } from '../../ledger/ledger-error.ts';
import type { DayRange } from '../window.ts';
import type { FactFilter } from './fact-filter.ts';

/** A fact, or where a job stands among all in the order of ids: segment * SEGMENT_IDS + its place in there. */
export type JobColumn = JobFact | 'place';

/** Some jobs, as columns; valid until the next are taken. */
export interface JobColumns {
  readonly jobs: number;
  /** @returns the numbers of a column that was asked for, of which the first `jobs` count; NaN is NULL. */
  of(column: JobColumn): Float64Array;
}

interface Segment {
  readonly id: number;
  readonly first_day: number;
  readonly last_day: number;
}

/**
 * The jobs that ended in a window of site-local days, segment by segment; segments without any are passed over.
 * @param wanted what will be asked for.
 * @param filters all of which a job must pass.
 */
export function* jobsOfWindow(
  db: Database.Database,
  window: DayRange,
  wanted: Iterable<JobColumn>,
  filters: readonly FactFilter[] = [],
): Generator<JobColumns> {
  const segments = db
    .prepare<[number, number], Segment>(
      'SELECT id, first_day, last_day FROM fact_segments WHERE last_day >= ? AND first_day <= ? ORDER BY id',
    )
    .all(window.fromDay, window.toDay);
  const asked = [...wanted, ...filters.flatMap((filter) => filter.facts)];
  const columns = new SegmentColumns(db);
  for (const segment of segments) {
    const isWhole = segment.first_day >= window.fromDay && segment.last_day <= window.toDay;
    columns.load(segment.id, isWhole ? asked : [...asked, 'end_day']);
    if (!isWhole || filters.length > 0) {
      columns.keep((marks) => {
        if (!isWhole) siftDays(columns, window, marks);
        for (const filter of filters) filter.sift(columns, marks);
      });
    }
    if (columns.jobs > 0) yield columns;
  }
}

function siftDays(jobs: JobColumns, { fromDay, toDay }: DayRange, marks: Uint8Array): void {
  const days = jobs.of('end_day');
  for (let i = 0; i < jobs.jobs; i++) if (days[i] < fromDay || days[i] > toDay) marks[i] = 0;
}

class SegmentColumns implements JobColumns {
  jobs = 0;
  readonly #read: Database.Statement<[number], Uint8Array<ArrayBuffer>>;
  readonly #columns = new Map<JobColumn, Float64Array>();
  readonly #marks = new Uint8Array(SEGMENT_IDS);
  #loaded: ReadonlySet<JobColumn> = new Set();

  readonly #path: string;

  constructor(db: Database.Database) {
    this.#path = db.name;
    this.#read = db
      .prepare<[number], Uint8Array<ArrayBuffer>>('SELECT numbers FROM job_facts WHERE id = ?')
      .pluck();
  }

  of(column: JobColumn): Float64Array {
    const numbers = this.#columns.get(column);
    if (numbers === undefined) throw new Error(`the fact ${column} was not asked for`);
    return numbers;
  }

  load(segment: number, columns: readonly JobColumn[]): void {
    // How many jobs there are is told by any fact.
    this.#loaded = new Set(
      columns.some((column) => column !== 'place') ? columns : [...columns, 'end_day'],
    );
    for (const fact of this.#loaded) {
      if (fact === 'place') continue;
      const bytes = this.#read.get(factRowId(segment, FACT[fact]));
      if (bytes === undefined) throw this.#missing(fact, segment);
      this.jobs = decodeFactColumn(bytes, this.#columnOf(fact));
    }
    if (this.#loaded.has('place')) this.#setPlaces(segment * SEGMENT_IDS);
  }

  #missing(fact: JobFact, segment: number): LedgerError {
    return new LedgerError(
      'corrupt',
      `${this.#path}: job_facts has no ${fact} of segment ${segment}. ` +
        'All of them are made anew by: qledger recharge --summary-only',
    );
  }

  /** @param sift sets the marks of jobs that are not kept to 0. */
  keep(sift: (marks: Uint8Array) => void): void {
    const marks = this.#marks.fill(1, 0, this.jobs);
    sift(marks);
    let kept = 0;
    for (const fact of this.#loaded) kept = keepMarked(this.of(fact), marks, this.jobs);
    this.jobs = kept;
  }

  #setPlaces(first: number): void {
    const places = this.#columnOf('place');
    for (let i = 0; i < this.jobs; i++) places[i] = first + i;
  }

  #columnOf(column: JobColumn): Float64Array {
    const known = this.#columns.get(column);
    if (known !== undefined) return known;
    const numbers = new Float64Array(SEGMENT_IDS);
    this.#columns.set(column, numbers);
    return numbers;
  }
}

/** @returns how many there are. */
function keepMarked(numbers: Float64Array, marks: Uint8Array, count: number): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    numbers[kept] = numbers[i];
    kept += marks[i];
  }
  return kept;
}
