import type Database from 'better-sqlite3';
import { BatchWriter, type WritingRun } from '../src/ledger/sqlite/batch-writer.ts';
import type { SuspectChunk } from '../src/ledger/sqlite/bulk/bulk-load.ts';
import { openFile } from '../src/sources/qhist-csv/open-export.ts';
import type { WorkerPool } from '../workers/worker-pool.ts';
import type { LoadedFile } from './load-files.ts';

const LINE_FEED = 10;

/**
 * Reads the chunks again that had jobs which may be duplicates, and inserts them by statements: the unique
 * index tells for sure. The jobs of such a chunk that are in the ledger already change nothing.
 */
export async function replaySuspects(
  db: Database.Database,
  run: WritingRun,
  suspects: readonly SuspectChunk[],
  files: readonly LoadedFile[],
  workers: WorkerPool,
): Promise<void> {
  if (suspects.length === 0) return;
  const writer = new BatchWriter(db, run);
  for (const { fileIndex, place, firstLine, jobs } of suspects) {
    const file = files[fileIndex];
    const chunk = await readBytes(file.source.path, place.byteOffset, place.endOffset);
    const parsed = await workers.readChunk({ chunk, layout: file.source.layout });
    const inserted = writer.insertJobs(parsed.batch, place.fileId, firstLine);
    file.counts.jobs += inserted;
    file.counts.duplicates += jobs - inserted;
  }
}

async function readBytes(
  path: string,
  byteOffset: number,
  endOffset: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const file = await openFile(path);
  try {
    const bytes = new Uint8Array(endOffset - byteOffset + 1);
    const { bytesRead } = await file.read(bytes, 0, bytes.length - 1, byteOffset);
    if (bytes[bytesRead - 1] === LINE_FEED) return bytes.slice(0, bytesRead);
    bytes[bytesRead] = LINE_FEED;
    return bytes.slice(0, bytesRead + 1);
  } finally {
    await file.close();
  }
}
