import type { PageFile } from './page-file.ts';
import type { TableLeaves } from './table-leaf-pages.ts';
import { varintLength, writeVarint } from './varint.ts';

const INTERIOR_TABLE_PAGE = 0x05;
const HEADER_BYTES = 12;
const POINTER_BYTES = 2;
const CHILD_BYTES = 4;

/**
 * Builds the levels above the leaves of a table b-tree; its topmost page goes to the root, whose number the
 * schema has fixed. A cell is a child and the last row id in it; the last child of a page has no cell.
 * SQLite file format, section 1.6.
 * @param leaves at least two.
 */
export function writeTableInterior(file: PageFile, leaves: TableLeaves, rootPage: number): void {
  let children: TableLeaves = leaves;
  for (;;) {
    const perPage = childrenPerPage(file.pageSize, children);
    const count = children.pages.length;
    if (count <= perPage) {
      file.write(rootPage, interiorPage(file.pageSize, children, 0, count));
      return;
    }
    // Shared out evenly, so that no page is left with a single child.
    const pageCount = Math.ceil(count / perPage);
    const pages = new Float64Array(pageCount);
    const lastRowIds = new Float64Array(pageCount);
    for (let i = 0; i < pageCount; i++) {
      const from = Math.floor((i * count) / pageCount);
      const to = Math.floor(((i + 1) * count) / pageCount);
      pages[i] = file.pageNumber(file.append(interiorPage(file.pageSize, children, from, to)));
      lastRowIds[i] = children.lastRowIds[to - 1];
    }
    children = { pages, lastRowIds };
  }
}

/** Counted with the longest row id, so that any run of children fits. */
function childrenPerPage(pageSize: number, { lastRowIds }: TableLeaves): number {
  const longest = varintLength(lastRowIds[lastRowIds.length - 1]);
  const cells = Math.floor((pageSize - HEADER_BYTES) / (POINTER_BYTES + CHILD_BYTES + longest));
  return cells + 1;
}

function interiorPage(
  pageSize: number,
  { pages, lastRowIds }: TableLeaves,
  from: number,
  to: number,
): Buffer {
  const page = Buffer.alloc(pageSize);
  let cellsStart = pageSize;
  for (let i = from; i < to - 1; i++) {
    cellsStart -= CHILD_BYTES + varintLength(lastRowIds[i]);
    page.writeUInt32BE(pages[i], cellsStart);
    writeVarint(page, cellsStart + CHILD_BYTES, lastRowIds[i]);
    page.writeUInt16BE(cellsStart, HEADER_BYTES + POINTER_BYTES * (i - from));
  }
  page[0] = INTERIOR_TABLE_PAGE;
  page.writeUInt16BE(to - 1 - from, 3);
  page.writeUInt16BE(cellsStart & 0xffff, 5);
  page.writeUInt32BE(pages[to - 1], 8);
  return page;
}
