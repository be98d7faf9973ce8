import type Database from 'better-sqlite3';
import { LedgerError } from '../../ledger-error.ts';
import { IndexPages } from './index-pages.ts';
import type { PageFile } from './page-file.ts';
import { SqliteRecord } from './record.ts';
import { INCOMPLETE_INDEX } from './written-indexes.ts';

/**
 * The partial index over charges that are incomplete. They are few, and SQLite would have to go through all charges
 * to find them.
 */
export class IncompleteIndex {
  /** By their flags, each in ascending order. */
  readonly #rowIds = new Map<number, number[]>();

  /** Takes those among the jobs that follow the ones before, as `incompleteJobs` has them. */
  append(firstRowId: number, incomplete: Uint32Array): void {
    for (let i = 0; i < incomplete.length; i += 2) {
      const rowId = firstRowId + incomplete[i];
      const flags = incomplete[i + 1];
      const rowIds = this.#rowIds.get(flags);
      if (rowIds === undefined) this.#rowIds.set(flags, [rowId]);
      else rowIds.push(rowId);
    }
  }

  write(file: PageFile, rootPage: number): void {
    const pages = new IndexPages(file, rootPage);
    const entry = new SqliteRecord();
    for (const [flags, rowIds] of [...this.#rowIds].sort(([one], [other]) => one - other)) {
      for (const rowId of rowIds) {
        entry.clear();
        entry.integer(flags);
        entry.integer(rowId);
        pages.append(entry);
      }
    }
    pages.finish();
  }
}

/**
 * Compares the entries of the index with the charges, which `quick_check` does for whole indexes alone.
 * @throws LedgerError where there are not as many.
 */
export function demandIncompleteIndex(db: Database.Database): void {
  const count = (how: string): number | undefined =>
    db
      .prepare<[], number>(`SELECT count(*) FROM job_charges ${how} WHERE incomplete <> 0`)
      .pluck()
      .get();
  const [charges, entries] = [count('NOT INDEXED'), count(`INDEXED BY ${INCOMPLETE_INDEX}`)];
  if (charges === entries) return;
  throw new LedgerError(
    'unusable',
    `${db.name}: ${INCOMPLETE_INDEX} has ${entries} entries for ${charges} charges, so the ledger that was ` +
      'built was not put into service',
  );
}
