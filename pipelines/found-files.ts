import { resolve } from 'node:path';
import type { KnownFile } from '../src/ledger/sqlite/source-files.ts';
import { statOf } from '../src/sources/open-source.ts';
import { SourceError } from '../src/sources/source-error.ts';
import { STANDARD_INPUT } from '../src/sources/standard-input.ts';

/** A file that was named, and what can be told of it without opening it. */
export interface FoundFile {
  readonly path: string;
  /** What the journal knows of it if it was read before. */
  readonly known: KnownFile | null;
  /** Whether it is as it was when it was read to its end. */
  readonly isUnchanged: boolean;
  /** 0 where that can't be known. */
  readonly sizeBytes: number;
  /** Why it can't be opened; null where nothing is known to be in the way. */
  readonly problem: SourceError | null;
}

/** @param find what the journal knows of a path. */
export async function foundFiles(
  paths: readonly string[],
  find: (path: string) => KnownFile | undefined,
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of distinct(paths)) {
    const known = (path === STANDARD_INPUT ? undefined : find(path)) ?? null;
    try {
      const { sizeBytes, modifiedMs } = await statOf(path);
      const isUnchanged =
        known?.complete === true &&
        sizeBytes === known.sizeBytes &&
        Math.floor(modifiedMs) === known.modifiedMs;
      found.push({ path, known, isUnchanged, sizeBytes, problem: null });
    } catch (problem) {
      if (!(problem instanceof SourceError)) throw problem;
      found.push({ path, known, isUnchanged: false, sizeBytes: 0, problem });
    }
  }
  return found;
}

/** One file may be named twice, as by overlapping patterns. */
function distinct(paths: readonly string[]): Iterable<string> {
  return new Map(paths.map((path) => [resolve(path), path])).values();
}
