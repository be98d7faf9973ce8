import type Database from 'better-sqlite3';

/** What a run has read of a file. Offsets are of its content, decompressed. */
export interface RunFile {
  readonly path: string;
  readonly format: string;
  readonly lines: number;
  readonly newJobs: number;
  /** Jobs that the ledger had before. */
  readonly duplicates: number;
  /** Known jobs that took newer values. */
  readonly updated: number;
  readonly rejects: number;
  readonly skippedLines: number;
  readonly fromOffset: number;
  readonly toOffset: number;
  /** Of the file as it was when it was read last. */
  readonly sizeBytes: number;
  /** Whether it was read to its end, by this run or a later one. */
  readonly complete: boolean;
}

/** The files of a run with their counts, in the order in which the journal met them. */
export function runFiles(db: Database.Database, runId: number): RunFile[] {
  return db
    .prepare<[number], Omit<RunFile, 'complete'> & { complete: number }>(
      `SELECT f.path, f.format, r.lines, r.jobs AS newJobs, r.duplicates, r.updated, r.rejects,
         r.skipped_lines AS skippedLines, r.from_offset AS fromOffset, r.to_offset AS toOffset,
         f.size_bytes AS sizeBytes, f.complete
       FROM run_files r JOIN source_files f ON f.id = r.file_id
       WHERE r.run_id = ? ORDER BY r.file_id`,
    )
    .all(runId)
    .map((file) => ({ ...file, complete: file.complete === 1 }));
}
