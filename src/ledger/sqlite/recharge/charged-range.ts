import type { PackedCells } from '../bulk/summary-cells.ts';
import type { RowChanges } from './changed-rows.ts';
import type { ChangedSegment } from './changed-segment.ts';
import type { JobSelection } from './job-selection.ts';
import type { PackedOwnerSums } from './owner-sums.ts';

/** What is asked of the jobs of some ids; plain data that crosses threads. */
export interface RangeTask {
  readonly ledgerPath: string;
  readonly firstId: number;
  readonly lastId: number;
  readonly selection: JobSelection;
  /** A file that holds all of the ledger and is not written to, open for reading; without it, SQLite is asked. */
  readonly frozenFile?: number;
  /** Their charges by the rules, or as they are. */
  readonly charges: 'by the rules' | 'as stored';
  /** That of the rules. */
  readonly chargeVersion: number;
  /** By the QoS codes of the rules. */
  readonly qosIds: readonly number[];
}

/** What the jobs of a range cost; plain data that crosses threads. */
export interface ChargedRange {
  readonly jobs: number;
  /** Jobs whose charge or QoS is another. */
  readonly changed: number;
  readonly changes: RowChanges;
  /** Those of which facts are others. */
  readonly segments: readonly ChangedSegment[];
  /** Days whose sums are others, since 1970-01-01; all days of the range where charges are as stored. */
  readonly days: Int32Array<ArrayBuffer>;
  /** IDS_PER_OWNER for each owner's code. */
  readonly ownerIds: Int32Array<ArrayBuffer>;
  readonly sums: PackedOwnerSums;
  readonly cells: PackedCells;
}

/** What to hand over to the other thread instead of copying it. */
export function rangeBuffers(range: ChargedRange): ArrayBuffer[] {
  const { changes, segments, days, ownerIds, sums, cells } = range;
  const columns = segments.flatMap(({ facts }) => facts.map(({ column }) => column));
  const { ids, values, factors, qosJobs, qosIds } = changes;
  return [
    ids,
    ...Object.values(values),
    ...columns,
    factors,
    qosJobs,
    qosIds,
    days,
    ownerIds,
    sums,
    cells,
  ].map(({ buffer }) => buffer);
}
