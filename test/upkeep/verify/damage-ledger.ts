import { closeSync, openSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { queryColumn } from '../../support/query-ledger.ts';

/** Changes a ledger in ways that SQLite would refuse: rows without parents, the schema itself. */
export function damageInSql(path: string, sql: string): void {
  const db = new Database(path);
  try {
    db.unsafeMode(true);
    db.exec('PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;');
    db.exec(`PRAGMA writable_schema = ON; ${sql}`);
  } finally {
    db.close();
  }
}

/** Makes an index again that lacks entries, such as that of a row, and has it say that it is whole. */
export function loseIndexEntry(path: string, index: string, row: number, key = 'id'): void {
  const sql = String(queryColumn(path, `SELECT sql FROM sqlite_schema WHERE name = '${index}'`)[0]);
  damageInSql(
    path,
    `DROP INDEX ${index}; ${sql.split(' WHERE ')[0]} WHERE ${key} <> ${row};
     UPDATE sqlite_schema SET sql = '${sql}' WHERE name = '${index}';`,
  );
}

/** Flips all bits of the byte that says what the last leaf of a table is. */
export function flipLeafByte(path: string, table: string): void {
  const [root] = queryColumn(path, `SELECT rootpage FROM sqlite_schema WHERE name = '${table}'`);
  const pageSize = Number(queryColumn(path, 'PRAGMA page_size')[0]);
  const fd = openSync(path, 'r+');
  try {
    const page = Buffer.alloc(pageSize);
    readSync(fd, page, 0, pageSize, (Number(root) - 1) * pageSize);
    // An interior page keeps the number of its last child after its type and counts.
    const leaf = page.readUInt8(0) === 5 ? page.readUInt32BE(8) : Number(root);
    const at = (leaf - 1) * pageSize;
    const type = Buffer.alloc(1);
    readSync(fd, type, 0, 1, at);
    writeSync(fd, Uint8Array.of(~type[0] & 0xff), 0, 1, at);
  } finally {
    closeSync(fd);
  }
}

export function cutInHalf(path: string): void {
  const pageSize = Number(queryColumn(path, 'PRAGMA page_size')[0]);
  truncateSync(path, Math.floor(statSync(path).size / 2 / pageSize) * pageSize);
}
