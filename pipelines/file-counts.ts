import type { CommitCounts } from '../src/ledger/sqlite/chunk-place.ts';
import type { ParsedLines } from '../src/sources/parsed-chunk.ts';

/** What has become of a file, or of the part of it that is committed. */
export interface FileCounts {
  lines: number;
  jobs: number;
  duplicates: number;
  /** Known jobs that took newer values. */
  updated: number;
  rejects: number;
  skippedLines: number;
  /** Records of other types than those that end a job, by type. */
  otherRecords: Readonly<Record<string, number>>;
  undecidedTimes: number;
  repairedLines: number;
  committedBytes: number;
}

export function noCounts(): FileCounts {
  return {
    lines: 0,
    jobs: 0,
    duplicates: 0,
    updated: 0,
    rejects: 0,
    skippedLines: 0,
    otherRecords: {},
    undecidedTimes: 0,
    repairedLines: 0,
    committedBytes: 0,
  };
}

export function addChunk(counts: FileCounts, chunk: ParsedLines, committed: CommitCounts): void {
  counts.lines += chunk.lines;
  counts.skippedLines += chunk.skippedLines;
  counts.otherRecords = merged(counts.otherRecords, chunk.otherRecords);
  counts.undecidedTimes += chunk.undecidedTimes;
  counts.repairedLines += chunk.repairedLines;
  counts.jobs += committed.jobs;
  counts.duplicates += committed.duplicates;
  counts.updated += committed.updated;
  counts.rejects += committed.rejects;
}

export function sumOf(a: Readonly<FileCounts>, b: Readonly<FileCounts>): FileCounts {
  return {
    lines: a.lines + b.lines,
    jobs: a.jobs + b.jobs,
    duplicates: a.duplicates + b.duplicates,
    updated: a.updated + b.updated,
    rejects: a.rejects + b.rejects,
    skippedLines: a.skippedLines + b.skippedLines,
    otherRecords: merged(a.otherRecords, b.otherRecords),
    undecidedTimes: a.undecidedTimes + b.undecidedTimes,
    repairedLines: a.repairedLines + b.repairedLines,
    committedBytes: a.committedBytes + b.committedBytes,
  };
}

function merged(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum: Record<string, number> = { ...a };
  for (const [type, count] of Object.entries(b)) sum[type] = (sum[type] ?? 0) + count;
  return sum;
}
