import { resolve } from 'node:path';
import type { KnownFile } from '../src/ledger/sqlite/source-files.ts';
import type { ReadAs } from '../src/sources/format-of.ts';
import { openSource, statOf } from '../src/sources/open-source.ts';
import type { Source } from '../src/sources/source.ts';
import { STANDARD_INPUT } from '../src/sources/source-content.ts';
import { SourceError } from '../src/sources/source-error.ts';

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
  readonly paths: readonly string[];
  readonly readAs: ReadAs;
  /** Finds what the journal knows of a path. */
  readonly find: (path: string) => KnownFile | undefined;
  /** Whether files that the journal knows are read again all the same. */
  readonly force: boolean;
  /** Refuses a file by a look at its first rows. @throws SourceError */
  readonly check: (source: Source) => void;
}

/** Looks at all files before anything is written: which of them are to be loaded, and from where on. */
export async function planFiles(planning: FilesPlanning): Promise<FilesPlan> {
  const { paths, readAs, find, force, check } = planning;
  const toLoad: PlannedFile[] = [];
  const unchanged: string[] = [];
  const unreadable: UnreadableFile[] = [];
  for (const path of distinct(paths)) {
    try {
      const known = path === STANDARD_INPUT ? undefined : find(path);
      if (!force && known !== undefined && (await isUnchanged(path, known))) {
        unchanged.push(path);
        continue;
      }
      const { firstRows, ...source } = await openSource(path, readAs);
      check({ ...source, firstRows });
      const isAlike = known?.formatName === source.format.name && known.header === source.header;
      toLoad.push({ source, known: known ?? null, isAlike, fromTheTop: force });
    } catch (problem) {
      if (!(problem instanceof SourceError)) throw problem;
      unreadable.push({ path, problem });
    }
  }
  return { toLoad, unchanged, unreadable };
}

/** One file may be named twice, as by overlapping patterns. */
function distinct(paths: readonly string[]): Iterable<string> {
  return new Map(paths.map((path) => [resolve(path), path])).values();
}

async function isUnchanged(path: string, known: KnownFile): Promise<boolean> {
  if (!known.complete) return false;
  const { sizeBytes, modifiedMs } = await statOf(path);
  return sizeBytes === known.sizeBytes && Math.floor(modifiedMs) === known.modifiedMs;
}
