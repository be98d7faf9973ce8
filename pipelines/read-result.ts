import { type FileCounts, noCounts, sumOf } from './file-counts.ts';
import type { FileAction, LoadedFile } from './load-files.ts';
import type { FilesPlan, UnreadableFile } from './plan-files.ts';

export interface FileResult {
  readonly path: string;
  readonly format: string;
  readonly action: FileAction;
  readonly sizeBytes: number;
  readonly counts: Readonly<FileCounts>;
  /** Bytes of a last record that is still being written; the next run reads it. */
  readonly unfinishedBytes: number;
  /** Labels of the export that the ledger keeps nothing of. */
  readonly unknownLabels: readonly string[];
}

/** What the files have become, or would. */
export interface ReadResult {
  readonly files: readonly FileResult[];
  /** Paths of files that were read before and have not changed since. */
  readonly unchanged: readonly string[];
  /** Files that could not be read, or not to their end. */
  readonly unreadable: readonly UnreadableFile[];
  readonly totals: Readonly<FileCounts>;
  readonly seconds: number;
}

/** @param startedAt by `performance.now()`. */
export function readResult(
  { unchanged, unreadable }: FilesPlan,
  files: readonly LoadedFile[],
  startedAt: number,
): ReadResult {
  return {
    files: files.map(({ source, action, counts, unfinishedBytes }) => ({
      path: source.path,
      format: source.format.name,
      action,
      sizeBytes: source.sizeBytes,
      counts,
      unfinishedBytes,
      unknownLabels: source.unknownLabels,
    })),
    unchanged,
    unreadable: [
      ...unreadable,
      ...files.flatMap(({ source: { path }, problem }) =>
        problem === null ? [] : [{ path, problem }],
      ),
    ],
    totals: files.reduce((sum, { counts }) => sumOf(sum, counts), noCounts()),
    seconds: (performance.now() - startedAt) / 1000,
  };
}
