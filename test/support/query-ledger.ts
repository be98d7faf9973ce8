import Database from 'better-sqlite3';

export type Row = Readonly<Record<string, string | number | null>>;

/** Asks a ledger in SQL, as an SQLite tool would, so that what is tested does not answer for itself. */
export function queryLedger(path: string, sql: string, ...values: (string | number)[]): Row[] {
  const db = new Database(path, { fileMustExist: true });
  try {
    return db.prepare<(string | number)[], Row>(sql).all(...values);
  } finally {
    db.close();
  }
}

/** The first column of the answer. */
export function queryColumn(path: string, sql: string): Row[string][] {
  return queryLedger(path, sql).map((row) => Object.values(row)[0]);
}

/** Changes a database behind the back of qledger. */
export function alterDatabase(path: string, sql: string): void {
  const db = new Database(path);
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}
