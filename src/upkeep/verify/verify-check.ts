import type Database from 'better-sqlite3';
import type { Site } from '../../site/machine.ts';

export interface VerifyOptions {
  /** How many charges to recompute, spread over the ledger. */
  readonly charges: number | 'all';
  /** Leaves out what reads every page or every job for findings that are rare. */
  readonly quick: boolean;
  /** Given where the ledger is to fit a configuration too. */
  readonly site?: Site;
}

/** What is wrong, with one example, and what mends it. */
export interface Problem {
  readonly text: string;
  readonly mend: string;
}

/** One question to a ledger whose answer is no problem where it is sound. */
export interface VerifyCheck {
  readonly name: string;
  /** What is so where it finds nothing, for people. */
  readonly sound: string;
  /** Reads in little memory however large the ledger is; what it throws becomes a problem of this check. */
  run(db: Database.Database, options: VerifyOptions): Iterable<Problem>;
}
