import type Database from 'better-sqlite3';
import { BatchWriter, type WritingRun } from '../src/ledger/sqlite/batch-writer.ts';
import type { SideStore } from '../src/ledger/sqlite/bulk/side-store.ts';
import type { LoadedFile } from './load-files.ts';

/**
 * Inserts by statements the jobs that may be duplicates: the unique index tells for sure. Those that are in
 * the ledger already change nothing, or take newer values where the run updates.
 * @returns how many were inserted.
 */
export function replaySuspects(
  db: Database.Database,
  run: WritingRun,
  side: SideStore,
  files: readonly Pick<LoadedFile, 'fileId' | 'counts'>[],
): number {
  const counts = new Map(files.map((file) => [file.fileId, file.counts]));
  const writer = new BatchWriter(db, run);
  let inserted = 0;
  for (const { fileId, firstLine, batch } of side.suspects()) {
    const { jobs, updated } = writer.writeJobs(batch, fileId, firstLine);
    inserted += jobs;
    const ofFile = counts.get(fileId);
    if (ofFile === undefined) continue;
    ofFile.jobs += jobs;
    ofFile.updated += updated;
    ofFile.duplicates += batch.rows - jobs - updated;
  }
  return inserted;
}
