import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * The bytes of each row of a table as they stand in the file, by row id, read by no code of the ledger's:
 * SQLite file format, sections 1.6 and 1.7.
 */
export function tablePayloads(path: string, table: string): Map<number, Buffer> {
  const db = new Database(path, { readonly: true });
  const pageSize = Number(db.pragma('page_size', { simple: true }));
  const root = db
    .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
    .pluck()
    .get(table);
  db.close();
  const fd = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(fstatSync(fd).size);
    readSync(fd, bytes);
    const payloads = new Map<number, Buffer>();
    const page = (number: number): Buffer =>
      bytes.subarray((number - 1) * pageSize, number * pageSize);
    readTree(page, root ?? Number.NaN, payloads);
    return payloads;
  } finally {
    closeSync(fd);
  }
}

const INTERIOR_PAGE = 5;

type PageReader = (number: number) => Buffer;

function readTree(page: PageReader, number: number, payloads: Map<number, Buffer>): void {
  const bytes = page(number);
  const cells = bytes.readUInt16BE(3);
  const isInterior = bytes[0] === INTERIOR_PAGE;
  for (let i = 0; i < cells; i++) {
    const cell = bytes.readUInt16BE((isInterior ? 12 : 8) + 2 * i);
    if (isInterior) readTree(page, bytes.readUInt32BE(cell), payloads);
    else readRow(page, bytes, cell, payloads);
  }
  if (isInterior) readTree(page, bytes.readUInt32BE(8), payloads);
}

function readRow(
  page: PageReader,
  leaf: Buffer,
  cell: number,
  payloads: Map<number, Buffer>,
): void {
  const size = readVarint(leaf, cell);
  const rowId = readVarint(leaf, size.end);
  const local = localBytes(size.value, leaf.length);
  const parts = [leaf.subarray(rowId.end, rowId.end + local)];
  let rest = size.value - local;
  let next = rest > 0 ? leaf.readUInt32BE(rowId.end + local) : 0;
  while (rest > 0) {
    const overflow = page(next);
    const part = overflow.subarray(4, 4 + rest);
    parts.push(part);
    rest -= part.length;
    next = overflow.readUInt32BE(0);
  }
  payloads.set(rowId.value, Buffer.concat(parts));
}

/** The names of the format: U, X, P, M, K. */
function localBytes(payload: number, usable: number): number {
  const most = usable - 35;
  if (payload <= most) return payload;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const wanted = least + ((payload - least) % (usable - 4));
  return wanted <= most ? wanted : least;
}

export function readVarint(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0n;
  for (let i = at; ; i++) {
    if (i - at === 8) return { value: Number((value << 8n) | BigInt(bytes[i])), end: i + 1 };
    value = (value << 7n) | BigInt(bytes[i] & 0x7f);
    if (bytes[i] < 0x80) return { value: Number(value), end: i + 1 };
  }
}
