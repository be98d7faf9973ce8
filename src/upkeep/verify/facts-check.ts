import type Database from 'better-sqlite3';
import { decodeFactColumn } from '../../ledger/facts/fact-column.ts';
import { factRowId, JOB_FACTS, SEGMENT_IDS, segmentOf } from '../../ledger/facts/job-facts.ts';
import { daysOf, type FactColumns } from '../../ledger/sqlite/facts/fact-segments.ts';
import { idsOf, SegmentReader } from '../../ledger/sqlite/facts/segment-reader.ts';
import { counted } from './counted.ts';
import { clockOf } from './machine-check.ts';
import { MENDS } from './mends.ts';
import { staleSegments } from './stale-days.ts';
import type { VerifyCheck } from './verify-check.ts';

/** What is wrong with a segment; undefined where nothing is. */
type Fault = string | undefined;

export const factsCheck: VerifyCheck = {
  name: 'facts',
  sound: 'what reports read of the jobs is what the jobs say',
  *run(db, { quick }) {
    const stored = new StoredSegments(db);
    const reader = new SegmentReader(db, clockOf(db));
    const stale = staleSegments(db);
    const wrong: string[] = [];
    for (const segment of stored.expected()) {
      if (stale.has(segment)) continue;
      const fault = quick
        ? stored.countFault(segment)
        : stored.fault(segment, reader.read(segment));
      if (fault !== undefined) wrong.push(`${jobsText(segment)}: ${fault}`);
    }
    if (wrong.length === 0) return;
    const text = counted(wrong.length, 'segment differs', 'segments differ');
    yield { text: `${text} from the jobs, such as ${wrong[0]}`, mend: MENDS.summary };
  },
};

class StoredSegments {
  readonly #db: Database.Database;
  readonly #segment: Database.Statement<
    [number],
    { jobs: number; first_day: number; last_day: number }
  >;
  readonly #numbers: Database.Statement<[number], Uint8Array<ArrayBuffer>>;
  readonly #jobCount: Database.Statement<[number, number], number>;
  readonly #column = new Float64Array(SEGMENT_IDS);

  constructor(db: Database.Database) {
    this.#db = db;
    this.#segment = db.prepare('SELECT jobs, first_day, last_day FROM fact_segments WHERE id = ?');
    this.#numbers = db
      .prepare<[number], Uint8Array<ArrayBuffer>>('SELECT numbers FROM job_facts WHERE id = ?')
      .pluck();
    this.#jobCount = db
      .prepare<[number, number], number>(
        'SELECT count(*) FROM jobs NOT INDEXED WHERE id BETWEEN ? AND ?',
      )
      .pluck();
  }

  /** Those of the jobs, and others that are there. */
  expected(): number[] {
    const lastId =
      this.#db.prepare<[], number | null>('SELECT max(id) FROM jobs').pluck().get() ?? -1;
    const segments = new Set(
      this.#db.prepare<[], number>('SELECT id FROM fact_segments').pluck().all(),
    );
    for (let segment = 0; segment <= segmentOf(lastId); segment++) segments.add(segment);
    return [...segments].sort((a, b) => a - b);
  }

  countFault(segment: number): Fault {
    const { firstId, lastId } = idsOf(segment);
    const jobs = this.#jobCount.get(firstId, lastId) ?? 0;
    const found = this.#segment.get(segment)?.jobs ?? 0;
    return jobs === found ? undefined : `facts of ${found} jobs, there are ${jobs}`;
  }

  fault(segment: number, fresh: FactColumns): Fault {
    const entry = this.#segment.get(segment);
    if ((entry?.jobs ?? 0) !== fresh.jobs) {
      return `facts of ${entry?.jobs ?? 0} jobs, there are ${fresh.jobs}`;
    }
    if (entry === undefined) return undefined;
    const { firstDay, lastDay } = daysOf(fresh);
    if (entry.first_day !== firstDay || entry.last_day !== lastDay) {
      return `its days are ${entry.first_day} to ${entry.last_day}, of its jobs ${firstDay} to ${lastDay}`;
    }
    for (const [fact, name] of JOB_FACTS.entries()) {
      const numbers = this.#numbers.get(factRowId(segment, fact));
      if (numbers === undefined) return `${name} is missing`;
      if (decodeFactColumn(numbers, this.#column) !== fresh.jobs) {
        return `${name} is not of ${fresh.jobs} jobs`;
      }
      for (let i = 0; i < fresh.jobs; i++) {
        const number = fresh.numbers[fact * fresh.capacity + i];
        if (Object.is(this.#column[i], number) || this.#column[i] === number) continue;
        return `${name} of its job ${i + 1} is ${this.#column[i]}, in jobs ${number}`;
      }
    }
    return undefined;
  }
}

function jobsText(segment: number): string {
  const { firstId, lastId } = idsOf(segment);
  return `rows ${firstId} to ${lastId} of jobs`;
}
