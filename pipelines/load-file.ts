import type { ChunkPlace, CommitCounts } from '../src/ledger/sqlite/chunk-place.ts';
import { CHUNK_BYTES, lineChunks } from '../src/sources/line-chunks.ts';
import type { ParsedChunk } from '../src/sources/parsed-chunk.ts';
import { openFile, type QhistExport } from '../src/sources/qhist-csv/open-export.ts';
import type { WorkerPool } from '../workers/worker-pool.ts';
import { BoundedWork } from './bounded-work.ts';
import { ChunkError } from './chunk-error.ts';
import { addChunk, type FileCounts, noCounts } from './file-counts.ts';

/** Where parsed chunks go, one after the other in the order of their file. */
export interface ChunkSink {
  /** What a reader of an error should know of what was committed before it. */
  readonly afterFailure: string;
  /** @param firstLine the number of the chunk's first line in its file. */
  commit(
    chunk: ParsedChunk,
    place: ChunkPlace,
    firstLine: number,
  ): CommitCounts | Promise<CommitCounts>;
}

export interface FileLoad {
  readonly source: QhistExport;
  readonly fileId: number;
  readonly workers: WorkerPool;
  readonly sink: ChunkSink;
  readonly chunkBytes?: number | undefined;
  readonly onCommit: (counts: Readonly<FileCounts>) => void;
}

/**
 * Loads one file: chunks are read in parallel and committed one by one in the order of the file. As many
 * chunks are under way as the workers can use and no more, so memory does not grow with the file.
 * @throws ChunkError that names the file and the chunk; what was committed before stays.
 */
export async function loadFile(load: FileLoad): Promise<FileCounts> {
  const { source, fileId, workers, sink, onCommit } = load;
  const counts = noCounts();
  counts.committedBytes = source.rowsOffset;
  const commits = new BoundedWork({ concurrency: 1, mostWaiting: workers.inFlight - 1 });
  const file = await openFile(source.path);
  try {
    const chunkBytes = load.chunkBytes ?? CHUNK_BYTES;
    const chunks = lineChunks(file, { chunkBytes, fromOffset: source.rowsOffset });
    for await (const { bytes, byteOffset, endOffset } of chunks) {
      const reading = workers.readChunk({ chunk: bytes, layout: source.layout });
      // Heard when its turn has come; until then a failure must not count as unhandled.
      reading.catch(() => {});
      await commits.add(async () => {
        try {
          const chunk = await reading;
          // Line 1 is the header.
          const firstLine = counts.lines + 2;
          const committed = await sink.commit(chunk, { fileId, byteOffset, endOffset }, firstLine);
          addChunk(counts, chunk, committed);
        } catch (cause) {
          throw chunkError(cause, source.path, byteOffset, endOffset, sink.afterFailure);
        }
        counts.committedBytes = endOffset;
        onCommit(counts);
      });
    }
    await commits.settled();
    return counts;
  } finally {
    await commits.abandon();
    await file.close();
  }
}

/** A failure with the place that it happened at. */
function chunkError(
  cause: unknown,
  path: string,
  byteOffset: number,
  endOffset: number,
  afterFailure: string,
): ChunkError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ChunkError(
    `${path}: loading bytes ${byteOffset} to ${endOffset} failed: ${why}. ${afterFailure}`,
    { cause },
  );
}
