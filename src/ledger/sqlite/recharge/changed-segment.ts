import { encodeFactColumn } from '../../facts/fact-column.ts';
import { FACT, type JobFact, SEGMENT_IDS, segmentOf } from '../../facts/job-facts.ts';
import type { IdSpan } from './job-selection.ts';
import { type NewCharges, NOT_SELECTED } from './new-charges.ts';
import { JOB, type RangeRows } from './range-rows.ts';

/** A segment of which facts are others than before; plain data that crosses threads. */
export interface ChangedSegment {
  readonly segment: number;
  /** How many jobs the facts are of; 0 where not all jobs were seen and the facts must be made of the ledger. */
  readonly jobs: number;
  readonly facts: readonly EncodedFact[];
}

export interface EncodedFact {
  /** Its number. */
  readonly fact: number;
  readonly column: Uint8Array<ArrayBuffer>;
}

/**
 * The facts that the rules make others in a block of jobs, which is a segment or a part of one.
 * @param ids those that were asked for.
 */
export function changedSegment(
  { rows, jobs, charges }: RangeRows,
  now: NewCharges,
  ids: IdSpan,
): ChangedSegment | undefined {
  const [cpuHours, gpuHours, memoryHours, factors] = charges.columns;
  const columns: readonly [JobFact, Float64Array, Float64Array][] = [
    ['qos_id', jobs.columns[JOB.qos], now.qosIds],
    ['cpu_hours', cpuHours, now.cpuHours],
    ['gpu_hours', gpuHours, now.gpuHours],
    ['memory_hours', memoryHours, now.memoryHours],
    ['qos_factor', factors, now.factors],
  ];
  const changed = columns.filter(([, before, after]) => differ(before, after, now.endDays, rows));
  if (changed.length === 0) return undefined;
  const segment = segmentOf(ids.firstId);
  const isWhole = ids.firstId % SEGMENT_IDS === 0 && ids.lastId - ids.firstId + 1 === SEGMENT_IDS;
  if (!isWhole) return { segment, jobs: 0, facts: [] };
  const facts = changed.map(([name, before, after]) => {
    const numbers = after.slice(0, rows);
    for (let row = 0; row < rows; row++) {
      if (now.endDays[row] === NOT_SELECTED) numbers[row] = before[row];
    }
    return { fact: FACT[name], column: encodeFactColumn(numbers) };
  });
  return { segment, jobs: rows, facts };
}

function differ(
  before: Float64Array,
  after: Float64Array,
  endDays: Int32Array,
  rows: number,
): boolean {
  for (let row = 0; row < rows; row++) {
    if (before[row] !== after[row] && endDays[row] !== NOT_SELECTED) return true;
  }
  return false;
}
