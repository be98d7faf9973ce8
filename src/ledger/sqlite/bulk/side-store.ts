import type Database from 'better-sqlite3';
import { createSchema } from '../open-ledger.ts';
import { openBuildingFile } from './building-file.ts';

/**
 * Holds the rejects of a ledger while its file is being written as pages and no connection may have it open.
 * It is a database of the same schema, so that moving them is copying a table.
 */
export class SideStore {
  readonly db: Database.Database;

  constructor(path: string) {
    this.db = openBuildingFile(path);
    createSchema(this.db);
  }

  /** Moves all into the ledger. */
  moveInto(ledger: Database.Database): void {
    const { name } = this.db;
    this.db.close();
    ledger.prepare('ATTACH ? AS side').run(name);
    ledger.exec('INSERT INTO rejects SELECT * FROM side.rejects; DETACH side');
  }

  [Symbol.dispose](): void {
    this.db.close();
  }
}
