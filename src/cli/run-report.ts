import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { ReadResult } from '../../pipelines/read-result.ts';
import { EXIT_CODES } from './exit-code.ts';
import type { OperatorLog } from './operator-log.ts';
import { UsageError } from './usage-error.ts';

/** The files of a result as JSON tells of them. */
export function filesJson({ files, unchanged, unreadable }: ReadResult): object {
  return {
    files: files.map(({ counts, ...file }) => ({ ...file, ...counts })),
    unchanged,
    unreadable: unreadable.map(({ path, problem }) => ({ path, problem: problem.message })),
  };
}

/** Finds out before a run whether its report can be written. @throws UsageError where it can't. */
export function checkReport(path: string): void {
  const why = tryToWrite(path, () => rmSync(unfinishedName(path)));
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (why === null && !isFolder) return;
  throw new UsageError(
    `--report ${path}: it can't be written: ${why ?? 'a folder has this name'}. Nothing was done.`,
  );
}

/**
 * Writes the report of a run, if one is wanted.
 * @returns the exit status: that the report is missing must not go unheard, nor hide what is graver.
 */
export function reported(
  { report: path }: { readonly report?: string },
  log: OperatorLog,
  report: { readonly exitCode: number },
): number {
  const problem = path === undefined ? null : writeReport(path, report);
  if (problem === null) return report.exitCode;
  log.warn(problem);
  return report.exitCode < EXIT_CODES.rejectsOverLimit ? EXIT_CODES.failed : report.exitCode;
}

/**
 * Writes a report so that who watches for it never sees half of one.
 * @returns why it could not be written, or null.
 */
function writeReport(path: string, report: object): string | null {
  const why = tryToWrite(path, () => {
    writeFileSync(unfinishedName(path), `${JSON.stringify(report, null, 2)}\n`);
    renameSync(unfinishedName(path), path);
  });
  return why === null ? null : `--report ${path}: it can't be written: ${why}`;
}

function unfinishedName(path: string): string {
  return `${path}.${process.pid}.tmp`;
}

function tryToWrite(path: string, go: () => void): string | null {
  try {
    writeFileSync(unfinishedName(path), '');
    go();
    return null;
  } catch (cause) {
    rmSync(unfinishedName(path), { force: true });
    return cause instanceof Error ? cause.message : String(cause);
  }
}
