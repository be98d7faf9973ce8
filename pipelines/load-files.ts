import type { QhistExport } from '../src/sources/qhist-csv/open-export.ts';
import type { WorkerPool } from '../workers/worker-pool.ts';
import { type FileCounts, noCounts, sumOf } from './file-counts.ts';
import { type ChunkSink, loadFile } from './load-file.ts';

/** How far a load is: bytes of all files, and what the committed lines have become. */
export interface LoadProgress {
  readonly totalBytes: number;
  readonly doneBytes: number;
  readonly counts: Readonly<FileCounts>;
}

export interface LoadedFile {
  readonly source: QhistExport;
  readonly fileId: number;
  readonly counts: FileCounts;
}

export interface FilesLoad {
  readonly sources: readonly QhistExport[];
  /** Tells the journal that a file is now read. @returns the id that it knows the file by. */
  readonly begin: (source: QhistExport) => number;
  readonly workers: WorkerPool;
  readonly sink: ChunkSink;
  readonly chunkBytes?: number | undefined;
  readonly onProgress: (progress: LoadProgress) => void;
}

/** Loads files one after the other, in the order in which they were named. */
export async function loadFiles(load: FilesLoad): Promise<LoadedFile[]> {
  const { sources, begin, workers, sink, chunkBytes, onProgress } = load;
  const totalBytes = sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const loaded: LoadedFile[] = [];
  let before = noCounts();
  for (const source of sources) {
    const fileId = begin(source);
    const onCommit = (soFar: Readonly<FileCounts>): void => {
      const counts = sumOf(before, soFar);
      onProgress({ totalBytes, doneBytes: counts.committedBytes, counts });
    };
    const counts = await loadFile({ source, fileId, workers, sink, chunkBytes, onCommit });
    before = sumOf(before, counts);
    loaded.push({ source, fileId, counts });
  }
  return loaded;
}
