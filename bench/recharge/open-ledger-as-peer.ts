import Database from 'better-sqlite3';

/** With the settings that qledger gives its own connections. */
export function openLedgerAsPeer(path: string): Database.Database {
  const db = new Database(path, { fileMustExist: true });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('cache_size = -64000');
  db.pragma('temp_store = MEMORY');
  db.pragma(`mmap_size = ${256 << 20}`);
  return db;
}
