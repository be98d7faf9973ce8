import type Database from 'better-sqlite3';
import { counted } from './counted.ts';
import { inSql } from './mends.ts';
import { askNewLedger, schemaObjects } from './schema-objects.ts';
import type { VerifyCheck } from './verify-check.ts';

export const indexesCheck: VerifyCheck = {
  name: 'indexes',
  sound: 'each index has as many entries as its table has rows',
  *run(db) {
    const present = schemaObjects(db);
    const needed = askNewLedger(schemaObjects).values();
    for (const { name, table, sql, type } of needed) {
      // One that is missing is a matter of the schema.
      if (type !== 'index' || !present.has(name)) continue;
      const condition = /\bWHERE .*$/.exec(sql ?? '')?.[0] ?? '';
      const entries = rowCount(db, table, `INDEXED BY ${name}`, condition);
      const rows = rowCount(db, table, 'NOT INDEXED', condition);
      if (entries === rows) continue;
      yield {
        text: `${name} has ${counted(entries, 'entry', 'entries')} for ${counted(rows, 'row', 'rows')} of ${table}`,
        mend: inSql(`REINDEX ${name}`),
      };
    }
  },
};

function rowCount(db: Database.Database, table: string, by: string, condition: string): number {
  // For a bare count(*) SQLite takes the smallest index that there is, whichever is named.
  return (
    db.prepare<[], number | null>(`SELECT sum(1) FROM ${table} ${by} ${condition}`).pluck().get() ??
    0
  );
}
