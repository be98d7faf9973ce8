import type { KnownFile } from '../src/ledger/sqlite/source-files.ts';
import type { ReadAs } from '../src/sources/format-of.ts';
import { openSource } from '../src/sources/open-source.ts';
import type { Source } from '../src/sources/source.ts';
import { SourceError } from '../src/sources/source-error.ts';
import type { FoundFile } from './found-files.ts';

/** A source without the sample of its rows: of many files these would be much to keep. */
export type PlannedSource = Omit<Source, 'firstRows'>;

/** A file to load, and what the journal knows of it if it was read before. */
export interface PlannedFile {
  readonly source: PlannedSource;
  readonly known: KnownFile | null;
  /** Whether it still is what the journal knows: the same format with the same columns. */
  readonly isAlike: boolean;
  /** Whether it is read from its first row all the same. */
  readonly fromTheTop: boolean;
}

/** A file that can't be loaded. */
export interface UnreadableFile {
  readonly path: string;
  readonly problem: SourceError;
}

export interface FilesPlan {
  readonly toLoad: readonly PlannedFile[];
  /** Paths of files that are as they were when they were read to their end. */
  readonly unchanged: readonly string[];
  readonly unreadable: readonly UnreadableFile[];
}

export interface FilesPlanning {
  readonly files: readonly FoundFile[];
  readonly readAs: ReadAs;
  /** Whether files that the journal knows are read again all the same. */
  readonly force: boolean;
  /** Refuses a file by a look at its first rows. @throws SourceError */
  readonly check: (source: Source) => Promise<void>;
}

/** Looks at all files before anything is written: which of them are to be loaded, and from where on. */
export async function planFiles(planning: FilesPlanning): Promise<FilesPlan> {
  const { files, readAs, force, check } = planning;
  const toLoad: PlannedFile[] = [];
  const unchanged: string[] = [];
  const unreadable: UnreadableFile[] = [];
  for (const { path, known, isUnchanged, problem } of files) {
    if (isUnchanged && !force) {
      unchanged.push(path);
      continue;
    }
    try {
      if (problem !== null) throw problem;
      const { firstRows, ...source } = await openSource(path, readAs);
      await check({ ...source, firstRows });
      const isAlike = known?.formatName === source.format.name && known.header === source.header;
      toLoad.push({ source, known, isAlike, fromTheTop: force });
    } catch (problem) {
      if (!(problem instanceof SourceError)) throw problem;
      unreadable.push({ path, problem });
    }
  }
  return { toLoad, unchanged, unreadable };
}
