import type Database from 'better-sqlite3';
import { type RejectGroup, rejectsByCode } from './rejects-by-code.ts';
import { type RunFile, runFiles } from './run-files.ts';
import { type RunSummary, runById } from './run-list.ts';

export interface RunStep {
  readonly step: string;
  readonly seconds: number;
}

export interface RunDetails {
  readonly run: RunSummary;
  readonly files: readonly RunFile[];
  /** Of all its files. */
  readonly newJobs: number;
  /** Rejects that are in the ledger from this run, by code. */
  readonly rejects: readonly RejectGroup[];
  /** Longest first. */
  readonly steps: readonly RunStep[];
}

/** All that the journal knows of one run; no job is read. */
export function runDetails(db: Database.Database, id: number): RunDetails | undefined {
  const run = runById(db, id);
  if (run === undefined) return undefined;
  const files = runFiles(db, id);
  return {
    run,
    files,
    newJobs: files.reduce((sum, { newJobs }) => sum + newJobs, 0),
    rejects: rejectsByCode(db, id),
    steps: db
      .prepare<[number], RunStep>(
        'SELECT step, seconds FROM run_steps WHERE run_id = ? ORDER BY seconds DESC, step',
      )
      .all(id),
  };
}
