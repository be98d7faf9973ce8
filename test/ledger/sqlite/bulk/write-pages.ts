import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { FileHeader } from '../../../../src/ledger/sqlite/bulk/file-header.ts';
import { PageFile, type PageFileShare } from '../../../../src/ledger/sqlite/bulk/page-file.ts';
import { makeDatabase } from './write-ledger-here.ts';

/** A database file whose schema is SQLite's and whose pages are to be written behind its back. */
export interface OpenPageFile {
  readonly share: PageFileShare;
  readonly file: PageFile;
  readonly fd: number;
  readonly header: FileHeader;
  rootPage(name: string): number;
}

/** Makes a database with a schema, has pages written to it, and closes it. */
export function writePages(
  path: string,
  { pageSize, schema }: { readonly pageSize: number; readonly schema: string },
  write: (open: OpenPageFile) => void,
): void {
  makeDatabase(path, pageSize);
  const db = new Database(path);
  db.pragma('synchronous = OFF');
  db.exec(schema);
  const pageCount = Number(db.pragma('page_count', { simple: true }));
  const roots = new Map(
    db.prepare<[], [string, number]>('SELECT name, rootpage FROM sqlite_schema').raw().all(),
  );
  db.close();
  const fd = openSync(path, 'r+');
  try {
    const count = new Int32Array(new SharedArrayBuffer(4)).fill(pageCount);
    const share = { fd, pageSize, count };
    const file = new PageFile(share);
    const header = new FileHeader(file, fd);
    write({ share, file, fd, header, rootPage: (name) => roots.get(name) ?? Number.NaN });
    header.write();
  } finally {
    closeSync(fd);
  }
}
