import type { LoadSample } from '../load/load-sample.ts';
import type { Command } from '../measured-run.ts';

/** A way to do the ledger's work with some database; each benchmark calls the method of its name. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  /** The process that loads the whole sample into a database file that does not exist yet. */
  load(sample: LoadSample, databaseFile: string): Command;
  /** Runs a query with one row of numbers as its result on a finished database. */
  readNumbers(databaseFile: string, sql: string): Promise<Record<string, number>>;
}
