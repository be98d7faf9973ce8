import { JOB_FACTS, SEGMENT_IDS, segmentOf } from '../../facts/job-facts.ts';
import { daysOf, encodedFacts, type SegmentDays } from '../facts/fact-segments.ts';
import type { BatchFacts } from './batch-facts.ts';
import type { PageFile } from './page-file.ts';
import { SqliteRecord } from './record.ts';
import { PageBuffer, TableLeafPages, type TableLeaves } from './table-leaf-pages.ts';

/** A segment whose facts stand in the file. */
export interface WrittenSegment extends SegmentDays {
  readonly segment: number;
  readonly jobs: number;
}

/** Collects the facts of the jobs of a new ledger, and writes each segment once it is full. */
export class FactPages {
  readonly leaves: TableLeaves[] = [];
  readonly segments: WrittenSegment[] = [];
  readonly #file: PageFile;
  readonly #buffer = new PageBuffer();
  readonly #record = new SqliteRecord();
  readonly #numbers = new Float64Array(JOB_FACTS.length * SEGMENT_IDS);
  #segment = 0;
  #jobs = 0;

  constructor(file: PageFile) {
    this.#file = file;
  }

  /** Takes the jobs that follow those before. */
  append(firstRowId: number, { jobs, numbers, capacity }: BatchFacts): void {
    for (let done = 0; done < jobs; ) {
      const rowId = firstRowId + done;
      if (segmentOf(rowId) !== this.#segment) this.#finishSegment(segmentOf(rowId));
      const count = Math.min(jobs - done, SEGMENT_IDS - (rowId % SEGMENT_IDS));
      for (let fact = 0; fact < JOB_FACTS.length; fact++) {
        const from = fact * capacity + done;
        this.#numbers.set(numbers.subarray(from, from + count), fact * SEGMENT_IDS + this.#jobs);
      }
      this.#jobs += count;
      done += count;
    }
  }

  /** Writes what is left. */
  finish(): void {
    this.#finishSegment(this.#segment);
  }

  #finishSegment(next: number): void {
    if (this.#jobs > 0) {
      const facts = { jobs: this.#jobs, numbers: this.#numbers, capacity: SEGMENT_IDS };
      const rows = new TableLeafPages(this.#file, this.#buffer);
      for (const { id, column } of encodedFacts(this.#segment, facts)) {
        this.#record.clear();
        // The row id is the key of the b-tree; its column is stored as NULL.
        this.#record.null();
        this.#record.blob(column);
        rows.append(id, this.#record);
      }
      this.leaves.push(rows.finish());
      this.segments.push({ segment: this.#segment, jobs: this.#jobs, ...daysOf(facts) });
    }
    this.#segment = next;
    this.#jobs = 0;
  }
}
