import { readSync } from 'node:fs';
import type { FileHeader } from './file-header.ts';
import type { PageFile } from './page-file.ts';
import { writeTableInterior } from './table-interior-pages.ts';
import type { TableLeaves } from './table-leaf-pages.ts';

/**
 * Makes a table of its leaves: builds the pages above them, up to the root that the schema names.
 * @param batches the leaves of each batch, in the order of their rows.
 */
export function writeTable(
  file: PageFile,
  fd: number,
  header: FileHeader,
  batches: readonly TableLeaves[],
  rootPage: number,
): void {
  const leaves = joined(batches);
  const [onlyLeaf] = leaves.pages;
  if (leaves.pages.length > 1) {
    writeTableInterior(file, leaves, rootPage);
  } else if (onlyLeaf !== undefined) {
    // A table of one page is its root and nothing else.
    const page = Buffer.alloc(file.pageSize);
    readSync(fd, page, 0, page.length, (onlyLeaf - 1) * file.pageSize);
    file.write(rootPage, page);
    header.free(onlyLeaf);
  }
}

function joined(batches: readonly TableLeaves[]): TableLeaves {
  const count = batches.reduce((sum, { pages }) => sum + pages.length, 0);
  const pages = new Float64Array(count);
  const lastRowIds = new Float64Array(count);
  let at = 0;
  for (const batch of batches) {
    pages.set(batch.pages, at);
    lastRowIds.set(batch.lastRowIds, at);
    at += batch.pages.length;
  }
  return { pages, lastRowIds };
}
