import PQueue from 'p-queue';
import type { BatchWriter } from '../src/ledger/sqlite/batch-writer.ts';
import { CHUNK_BYTES, lineChunks } from '../src/sources/line-chunks.ts';
import type { ParsedChunk } from '../src/sources/parsed-chunk.ts';
import { openFile, type QhistExport } from '../src/sources/qhist-csv/open-export.ts';
import type { ChunkReaders } from '../workers/chunk-readers.ts';
import { ChunkError } from './chunk-error.ts';

/** What has become of a file, or of the part of it that is committed. */
export interface FileCounts {
  lines: number;
  jobs: number;
  duplicates: number;
  rejects: number;
  skippedLines: number;
  undecidedTimes: number;
  committedBytes: number;
}

export interface FileLoad {
  readonly source: QhistExport;
  readonly fileId: number;
  readonly readers: ChunkReaders;
  readonly writer: BatchWriter;
  readonly chunkBytes?: number;
  readonly onCommit: (counts: Readonly<FileCounts>) => void;
}

/**
 * Loads one file: chunks are read in parallel and committed one by one in the order of the file. As many
 * chunks are under way as the readers can use and no more, so memory does not grow with the file.
 * @throws ChunkError that names the file and the chunk; what was committed before stays.
 */
export async function loadFile(load: FileLoad): Promise<FileCounts> {
  const { source, fileId, readers, writer, onCommit } = load;
  const counts = noCounts();
  counts.committedBytes = source.rowsOffset;
  const commits = new PQueue({ concurrency: 1 });
  const failure = commits.onError();
  // Heard by whoever waits next; a failure between two waits must not count as unhandled.
  failure.catch(() => {});
  const file = await openFile(source.path);
  try {
    const chunks = lineChunks(file, {
      chunkBytes: load.chunkBytes ?? CHUNK_BYTES,
      fromOffset: source.rowsOffset,
    });
    for await (const { bytes, byteOffset, endOffset } of chunks) {
      const reading = readers.read({ chunk: bytes, layout: source.layout });
      reading.catch(() => {});
      commits
        .add(async () => {
          const chunk = await named(reading, source.path, byteOffset, endOffset);
          // Line 1 is the header.
          const committed = writer.commit(
            chunk,
            { fileId, byteOffset, endOffset },
            counts.lines + 2,
          );
          addTo(counts, chunk, committed);
          counts.committedBytes = endOffset;
          onCommit(counts);
        })
        .catch(() => {});
      await Promise.race([commits.onSizeLessThan(readers.inFlight), failure]);
    }
    await Promise.race([commits.onIdle(), failure]);
    return counts;
  } finally {
    commits.pause();
    commits.clear();
    await file.close();
  }
}

export function noCounts(): FileCounts {
  return {
    lines: 0,
    jobs: 0,
    duplicates: 0,
    rejects: 0,
    skippedLines: 0,
    undecidedTimes: 0,
    committedBytes: 0,
  };
}

function addTo(
  counts: FileCounts,
  chunk: ParsedChunk,
  committed: { jobs: number; duplicates: number; rejects: number },
): void {
  counts.lines += chunk.lines;
  counts.skippedLines += chunk.skippedLines;
  counts.undecidedTimes += chunk.undecidedTimes;
  counts.jobs += committed.jobs;
  counts.duplicates += committed.duplicates;
  counts.rejects += committed.rejects;
}

/** A failure in a worker, with the place that it failed at. */
async function named(
  reading: Promise<ParsedChunk>,
  path: string,
  byteOffset: number,
  endOffset: number,
): Promise<ParsedChunk> {
  try {
    return await reading;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ChunkError(
      `${path}: reading bytes ${byteOffset} to ${endOffset} failed: ${why}. ` +
        'What was committed before stays; run the same command again to go on.',
      { cause },
    );
  }
}
