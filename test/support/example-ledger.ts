import type Database from 'better-sqlite3';
import { markAllSegments } from '../../src/ledger/sqlite/facts/stale-segments.ts';
import { ledgerMachine } from '../../src/ledger/sqlite/ledger-machine.ts';
import {
  closeLedger,
  openForReading,
  openForWriting,
} from '../../src/ledger/sqlite/open-ledger.ts';
import { refreshStale } from '../../src/ledger/sqlite/refresh-stale.ts';
import { ZoneClock } from '../../src/site/zone-clock.ts';
import { zoneTable } from '../../src/site/zone-table.ts';
import { EXAMPLE_JOBS } from './example-jobs.ts';
import { ingestFiles } from './ingest-files.ts';
import { type JobFields, jobsExport } from './jobs-export.ts';
import { alterDatabase } from './query-ledger.ts';
import { TempFolder } from './temp-folder.ts';

/** A ledger of derecho in a folder of its own, for reports to be asked of. */
export class ExampleLedger implements Disposable {
  readonly path: string;
  readonly #folder: TempFolder;

  constructor(folder: TempFolder) {
    this.#folder = folder;
    this.path = folder.file('ledger.db');
  }

  async add(name: string, text: string): Promise<void> {
    await ingestFiles(this.path, [this.#folder.write(name, text)]);
  }

  /** Changes jobs, and what is derived from them as well. */
  alter(sql: string): void {
    alterDatabase(this.path, sql);
    const db = openForWriting(this.path);
    markAllSegments(db);
    refreshStale(db, new ZoneClock(zoneTable(ledgerMachine(db)?.timeZone ?? 'UTC')));
    closeLedger(db);
  }

  ask<Answer>(question: (db: Database.Database) => Answer): Answer {
    const db = openForReading(this.path);
    try {
      return question(db);
    } finally {
      closeLedger(db);
    }
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}

/** @param jobs the five example jobs, unless told otherwise. */
export async function exampleLedger(
  jobs: readonly JobFields[] = EXAMPLE_JOBS,
): Promise<ExampleLedger> {
  const ledger = new ExampleLedger(new TempFolder());
  await ledger.add('jobs.csv', jobsExport(jobs));
  return ledger;
}
