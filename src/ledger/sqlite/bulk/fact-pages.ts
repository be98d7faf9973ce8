import {
  FACT,
  factRowId,
  JOB_FACTS,
  jobsOfSegment,
  SEGMENT_IDS,
  segmentOf,
} from '../../facts/job-facts.ts';
import type { SegmentDays } from '../facts/fact-segments.ts';
import type { BatchFacts } from './batch-facts.ts';
import type { FactKernel } from './fact-kernel.ts';
import type { PageFile } from './page-file.ts';
import { SqliteRecord } from './record.ts';
import { PageBuffer, TableLeafPages, type TableLeaves } from './table-leaf-pages.ts';

/** A segment whose facts stand in the file. */
export interface WrittenSegment extends SegmentDays {
  readonly segment: number;
  readonly jobs: number;
}

const DOUBLE = Float64Array.BYTES_PER_ELEMENT;
/** What a column takes at most: its head, and its numbers as they are. */
const COLUMN_BYTES = 24 + SEGMENT_IDS * DOUBLE;

/** Collects the facts of the jobs of a new ledger, and writes each segment once it is full. */
export class FactPages {
  readonly leaves: TableLeaves[] = [];
  readonly segments: WrittenSegment[] = [];
  readonly #file: PageFile;
  readonly #kernel: FactKernel;
  readonly #buffer = new PageBuffer();
  readonly #record = new SqliteRecord();
  #room = 0;
  #at: ReturnType<typeof layOut>;
  #segment = 0;
  #jobs = 0;

  /** @param kernel whose memory is for this alone. */
  constructor(file: PageFile, kernel: FactKernel) {
    this.#file = file;
    this.#kernel = kernel;
    this.#at = layOut(kernel, this.#room);
  }

  /** Takes the jobs that follow those before. */
  append(firstRowId: number, { jobs, columns }: BatchFacts): void {
    if (columns.length > this.#room) {
      // The numbers come first, so they stay where they are.
      this.#room = columns.length;
      this.#at = layOut(this.#kernel, this.#room);
    }
    const { exports } = this.#kernel;
    this.#kernel.put(this.#at.taken, columns);
    let column = this.#at.taken;
    for (let done = 0; done < jobs; ) {
      const rowId = firstRowId + done;
      if (segmentOf(rowId) !== this.#segment) this.#finishSegment(segmentOf(rowId));
      const count = jobsOfSegment(rowId, jobs - done);
      for (let fact = 0; fact < JOB_FACTS.length; fact++) {
        column += exports.decodeFacts(column, this.#numbers(fact) + this.#jobs * DOUBLE);
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
      const rows = new TableLeafPages(this.#file, this.#buffer);
      for (let fact = 0; fact < JOB_FACTS.length; fact++) {
        this.#record.clear();
        // The row id is the key of the b-tree; its column is stored as NULL.
        this.#record.null();
        this.#record.blob(this.#encoded(fact));
        rows.append(factRowId(this.#segment, fact), this.#record);
      }
      this.leaves.push(rows.finish());
      this.segments.push({ segment: this.#segment, jobs: this.#jobs, ...this.#days() });
    }
    this.#segment = next;
    this.#jobs = 0;
  }

  /** @returns the column of a fact of this segment, until the next one is encoded. */
  #encoded(fact: number): Uint8Array<ArrayBuffer> {
    const { exports, buffer } = this.#kernel;
    const bytes = exports.encodeFacts(this.#numbers(fact), this.#jobs, this.#at.column);
    return new Uint8Array(buffer, this.#at.column, bytes);
  }

  #days(): SegmentDays {
    this.#encoded(FACT.end_day);
    const { leastFact, greatestFact } = this.#kernel.exports;
    return { firstDay: leastFact.value, lastDay: greatestFact.value };
  }

  /** Where the numbers of a fact begin. */
  #numbers(fact: number): number {
    return this.#at.numbers + fact * SEGMENT_IDS * DOUBLE;
  }
}

/** @param room for the columns of a batch. */
function layOut(kernel: FactKernel, room: number) {
  return kernel.layOut({
    numbers: JOB_FACTS.length * SEGMENT_IDS * DOUBLE,
    column: COLUMN_BYTES,
    taken: room,
  });
}
