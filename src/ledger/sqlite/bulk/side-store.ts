import { deserialize, serialize } from 'node:v8';
import type Database from 'better-sqlite3';
import type { JobBatch } from '../../../job/job-batch.ts';
import { createSchema } from '../open-ledger.ts';
import { openBuildingFile } from './building-file.ts';

/** Jobs of a chunk that may have been seen before, and where the chunk stands. */
export interface SuspectJobs {
  readonly fileId: number;
  readonly firstLine: number;
  readonly batch: JobBatch;
}

/**
 * Holds what belongs into a ledger while its file is being written as pages and no connection may have it
 * open: rejects, and jobs that may be duplicates. It is a database of the same schema, so that moving rejects
 * is copying a table.
 */
export class SideStore {
  readonly db: Database.Database;
  readonly #keep: Database.Statement<[number, number, Buffer]>;

  constructor(path: string) {
    this.db = openBuildingFile(path);
    createSchema(this.db);
    this.db.exec(
      `CREATE TABLE suspect_jobs (
         id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL, first_line INTEGER NOT NULL, batch BLOB NOT NULL
       ) STRICT`,
    );
    this.#keep = this.db.prepare(
      'INSERT INTO suspect_jobs (file_id, first_line, batch) VALUES (?, ?, ?)',
    );
  }

  keepSuspects({ fileId, firstLine, batch }: SuspectJobs): void {
    this.#keep.run(fileId, firstLine, serialize(batch));
  }

  /** In the order in which they were kept. */
  *suspects(): Generator<SuspectJobs> {
    const rows = this.db
      .prepare<[], { fileId: number; firstLine: number; batch: Buffer }>(
        'SELECT file_id AS fileId, first_line AS firstLine, batch FROM suspect_jobs ORDER BY id',
      )
      .iterate();
    for (const { fileId, firstLine, batch } of rows) {
      const kept: JobBatch = deserialize(batch);
      yield { fileId, firstLine, batch: kept };
    }
  }

  /** Copies the rejects into the ledger; the store is closed then. */
  moveRejectsTo(ledger: Database.Database): void {
    this.db.close();
    ledger.prepare('ATTACH ? AS side').run(this.db.name);
    ledger.exec('INSERT INTO rejects SELECT * FROM side.rejects; DETACH side');
  }

  [Symbol.dispose](): void {
    this.db.close();
  }
}
