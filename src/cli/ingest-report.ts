import { renameSync, writeFileSync } from 'node:fs';
import type { ReadResult } from '../../pipelines/ingest.ts';
import { UsageError } from './usage-error.ts';

/** The files of a result as JSON tells of them. */
export function filesJson({ files, unchanged, unreadable }: ReadResult): object {
  return {
    files: files.map(({ counts, ...file }) => ({ ...file, ...counts })),
    unchanged,
    unreadable: unreadable.map(({ path, problem }) => ({ path, problem: problem.message })),
  };
}

/** Writes a report so that who watches for it never sees half of one. @throws UsageError where it can't be. */
export function writeReport(path: string, report: object): void {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, `${JSON.stringify(report, null, 2)}\n`);
    renameSync(unfinished, path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--report ${path}: it can't be written: ${why}`);
  }
}
