import type Database from 'better-sqlite3';

/** Where a table stands in its file, and its columns in the order of the values of a row. */
export interface TableLayout {
  readonly rootPage: number;
  readonly columns: readonly string[];
}

export function tableLayout(db: Database.Database, table: string): TableLayout {
  const rootPage = db
    .prepare<[string], number>(
      "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?",
    )
    .pluck()
    .get(table);
  const columns = db
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?) ORDER BY cid')
    .pluck()
    .all(table);
  return { rootPage: rootPage ?? 0, columns };
}
