import type { Buffer } from 'node:buffer';
import { DamagedPage } from './damaged-page.ts';
import type { PageReader } from './page-reader.ts';
import { readVarint } from './read-varint.ts';

const INTERIOR_TABLE_PAGE = 0x05;
const HEADER_BYTES = 12;
const CELLS = 3;
const LAST_CHILD = 8;
const CHILD_BYTES = 4;
/** No file is large enough for more. */
const MOST_LEVELS = 20;

/**
 * The leaf pages of a table that may have rows of these ids, in the order of ids.
 * SQLite file format, section 1.6.
 */
export function leafPages(
  pages: PageReader,
  rootPage: number,
  firstId: number,
  lastId: number,
): number[] {
  let level = [rootPage];
  for (let depth = 0; depth < MOST_LEVELS; depth++) {
    const [first] = level;
    const page = pages.page(first);
    // All leaves of a table are on the same level.
    if (page[0] !== INTERIOR_TABLE_PAGE) return level;
    level = level.flatMap((number) =>
      childrenOf(number === first ? page : pages.page(number), firstId, lastId),
    );
  }
  throw new DamagedPage(rootPage, 'has no leaves');
}

function childrenOf(page: Buffer, firstId: number, lastId: number): number[] {
  const children: number[] = [];
  const cells = page.readUInt16BE(CELLS);
  for (let i = 0; i < cells; i++) {
    const at = page.readUInt16BE(HEADER_BYTES + 2 * i);
    const lastInChild = readVarint(page, at + CHILD_BYTES);
    if (lastInChild >= firstId) children.push(page.readUInt32BE(at));
    if (lastInChild >= lastId) return children;
  }
  children.push(page.readUInt32BE(LAST_CHILD));
  return children;
}
