import Database from 'better-sqlite3';
import { createSchema } from '../../ledger/sqlite/open-ledger.ts';

/** A table, index, view or trigger as SQLite keeps it. */
export interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  /** Null for the index that SQLite makes for a constraint. */
  readonly sql: string | null;
}

/** The objects of a database by name, without the statistics, which are not part of a schema. */
export function schemaObjects(db: Database.Database): Map<string, SchemaObject> {
  const objects = db
    .prepare<[], SchemaObject>(
      `SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema
       WHERE name NOT LIKE 'sqlite_stat%' ORDER BY rowid`,
    )
    .all();
  return new Map(objects.map((object) => [object.name, object]));
}

/** Asks a new and empty ledger in memory, made by the same migrations. */
export function askNewLedger<Answer>(question: (db: Database.Database) => Answer): Answer {
  const db = new Database(':memory:');
  try {
    createSchema(db);
    return question(db);
  } finally {
    db.close();
  }
}
