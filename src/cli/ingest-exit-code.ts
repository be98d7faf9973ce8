import { EXIT_CODES, type ExitCode } from './exit-code.ts';

export interface IngestFigures {
  /** Jobs that are new in the ledger, or have taken newer values. */
  readonly changedJobs: number;
  /** Lines that were rejected in this run. */
  readonly rejects: number;
  /** Whether a limit of rejects was set; where none was, rejects change nothing. */
  readonly isLimited: boolean;
  /** Files that could not be read, and days that have none. */
  readonly filesMissing: number;
}

/** The exit status of an ingest that came to its end; where several things are to be told, the gravest. */
export function ingestExitCode(figures: IngestFigures): ExitCode {
  const { changedJobs, rejects, isLimited, filesMissing } = figures;
  if (filesMissing > 0) return EXIT_CODES.partial;
  if (isLimited && rejects > 0) return EXIT_CODES.rejectsWithinLimit;
  return changedJobs === 0 ? EXIT_CODES.nothingNew : EXIT_CODES.ok;
}
