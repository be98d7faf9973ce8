import { hash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { ContentDigest } from '../content-digest.ts';
import { RowBytes, type RowValue } from '../row-bytes.ts';
import {
  CONTENT_PASSES,
  type ContentPass,
  type ContentTableName,
  passSql,
  type Span,
  tableSpans,
} from './content-passes.ts';

export interface TableDigest {
  readonly table: ContentTableName;
  readonly rows: number;
  /** 64 hexadecimal digits. */
  readonly digest: string;
}

export interface ContentDigests {
  /** Of all tables: 64 hexadecimal digits. */
  readonly digest: string;
  readonly tables: readonly TableDigest[];
}

/**
 * Digests of what a ledger holds, equal for two ledgers of the same content however they came about. Reads
 * everything once, as it is at one moment, and keeps nothing of it.
 */
export function digestLedger(db: Database.Database): ContentDigests {
  const tables = db.transaction(() => CONTENT_PASSES.flatMap((pass) => digestPass(db, pass)))();
  return { digest: hash('sha256', JSON.stringify(tables), 'hex'), tables };
}

function digestPass(db: Database.Database, pass: ContentPass): TableDigest[] {
  const parts = tableSpans(pass).map((table) => ({ table, digest: new ContentDigest() }));
  const bytes = new RowBytes();
  const rows = db.prepare<[], RowValue[]>(passSql(pass, 'asStored')).raw();
  for (const row of rows.iterate()) {
    bytes.truncate(0);
    addValues(bytes, row, { from: 0, to: pass.key.length });
    const keyLength = bytes.length;
    for (const { table, digest } of parts) {
      if (isAbsent(row, table)) continue;
      bytes.truncate(keyLength);
      addValues(bytes, row, table);
      digest.add(bytes.bytes());
    }
  }
  return parts.map(({ table, digest }) => {
    const names = [...pass.key, ...table.columns].map(({ name }) => name);
    return {
      table: table.name,
      rows: digest.rows,
      digest: digest.hex(`${table.name}(${names.join()})`),
    };
  });
}

function addValues(bytes: RowBytes, row: readonly RowValue[], { from, to }: Span): void {
  for (let i = from; i < to; i++) bytes.add(row[i]);
}

function isAbsent(row: readonly RowValue[], { from, to }: Span): boolean {
  for (let i = from; i < to; i++) {
    if (row[i] !== null) return false;
  }
  return true;
}
