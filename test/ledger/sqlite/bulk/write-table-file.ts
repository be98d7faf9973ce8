import type { PageFile } from '../../../../src/ledger/sqlite/bulk/page-file.ts';
import { SqliteRecord } from '../../../../src/ledger/sqlite/bulk/record.ts';
import {
  PageBuffer,
  TableLeafPages,
  type TableLeaves,
} from '../../../../src/ledger/sqlite/bulk/table-leaf-pages.ts';
import { writeTable } from '../../../../src/ledger/sqlite/bulk/write-table.ts';
import { writePages } from './write-pages.ts';

export type ColumnKind = 'INTEGER' | 'REAL' | 'TEXT';
export type Value = number | string | null;

export interface TableRows {
  readonly columns: readonly ColumnKind[];
  /** Ascending; 1, 2, 3 where they are left out. */
  readonly rowIds?: readonly number[];
  readonly rows: readonly (readonly Value[])[];
}

/** The schema of the table `t` with these columns, `c0` and on, behind its key `id`. */
export function tableSchema(columns: readonly ColumnKind[]): string {
  const kinds = columns.map((kind, i) => `, c${i} ${kind}`).join('');
  return `CREATE TABLE t (id INTEGER PRIMARY KEY${kinds}) STRICT`;
}

/** Makes a database whose table `t` is written as pages. */
export function writeTableFile(path: string, pageSize: number, table: TableRows): void {
  const schema = tableSchema(table.columns);
  writePages(path, { pageSize, schema }, ({ file, fd, header, rootPage }) => {
    writeTable(file, fd, header, [tableLeaves(file, table)], rootPage('t'));
  });
}

/** @param buffer from a table that was written before, as workers reuse theirs. */
export function tableLeaves(
  file: PageFile,
  { columns, rowIds, rows }: TableRows,
  buffer = new PageBuffer(),
): TableLeaves {
  const pages = new TableLeafPages(file, buffer);
  const record = new SqliteRecord();
  for (const [i, row] of rows.entries()) {
    encodeRow(record, columns, row);
    pages.append(rowIds?.[i] ?? i + 1, record);
  }
  return pages.finish();
}

/** Encodes a row behind the key, which is stored as NULL. */
export function encodeRow(
  record: SqliteRecord,
  columns: readonly ColumnKind[],
  row: readonly Value[],
): void {
  record.clear();
  record.null();
  for (const [i, value] of row.entries()) {
    if (value === null) record.null();
    else if (typeof value === 'string') encodeText(record, value);
    else if (columns[i] === 'REAL') record.real(value);
    else record.integer(value);
  }
}

/** The text stands somewhere in the bytes of a chunk. */
function encodeText(record: SqliteRecord, text: string): void {
  const before = '~~~';
  const bytes = Buffer.from(`${before}${text}~`);
  record.text(bytes, before.length, Buffer.byteLength(text));
}
