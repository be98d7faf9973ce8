import type Database from 'better-sqlite3';
import { decodeFactColumn } from '../../ledger/facts/fact-column.ts';
import { FACT, factRowId, type JobFact, SEGMENT_IDS } from '../../ledger/facts/job-facts.ts';
import type { DayRange } from '../window.ts';

/** Some jobs, as columns; valid until the next are taken. */
export interface JobColumns {
  readonly jobs: number;
  /** @returns the numbers of a fact that was asked for, of which the first `jobs` count; NaN is NULL. */
  of(fact: JobFact): Float64Array;
}

interface Segment {
  readonly id: number;
  readonly first_day: number;
  readonly last_day: number;
}

/**
 * The jobs that ended in a window of site-local days, segment by segment; segments without any are passed over.
 * @param facts those that will be asked for.
 * @param queueIds of which queues; of all where left out.
 */
export function* jobsOfWindow(
  db: Database.Database,
  { fromDay, toDay }: DayRange,
  facts: Iterable<JobFact>,
  queueIds?: ReadonlySet<number>,
): Generator<JobColumns> {
  const segments = db
    .prepare<[number, number], Segment>(
      'SELECT id, first_day, last_day FROM fact_segments WHERE last_day >= ? AND first_day <= ? ORDER BY id',
    )
    .all(fromDay, toDay);
  const read = db
    .prepare<[number], Uint8Array<ArrayBuffer>>('SELECT numbers FROM job_facts WHERE id = ?')
    .pluck();
  const columns = new Map<JobFact, Float64Array>();
  for (const fact of facts) columns.set(fact, new Float64Array(SEGMENT_IDS));
  const numbersOf = (fact: JobFact): Float64Array => {
    const numbers = columns.get(fact);
    if (numbers === undefined) throw new Error(`the fact ${fact} was not asked for`);
    return numbers;
  };
  const days = new Float64Array(SEGMENT_IDS);
  const queues = new Float64Array(SEGMENT_IDS);
  const chosen = new Int32Array(SEGMENT_IDS);
  const load = (segment: number, fact: JobFact, into: Float64Array): number => {
    const bytes = read.get(factRowId(segment, FACT[fact]));
    return bytes === undefined ? 0 : decodeFactColumn(bytes, into);
  };
  for (const { id, first_day, last_day } of segments) {
    let jobs = 0;
    for (const [fact, into] of columns) jobs = load(id, fact, into);
    const isWhole = first_day >= fromDay && last_day <= toDay;
    if (!isWhole || queueIds !== undefined) {
      jobs = load(id, 'end_day', days);
      if (queueIds !== undefined) load(id, 'queue_id', queues);
      let count = 0;
      for (let i = 0; i < jobs; i++) {
        if (days[i] < fromDay || days[i] > toDay) continue;
        if (queueIds !== undefined && !queueIds.has(queues[i])) continue;
        chosen[count++] = i;
      }
      for (const numbers of columns.values()) keepOnly(numbers, chosen, count);
      jobs = count;
    }
    if (jobs > 0) yield { jobs, of: numbersOf };
  }
}

/** @param places of the numbers to keep, ascending. */
function keepOnly(numbers: Float64Array, places: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) numbers[i] = numbers[places[i]];
}
