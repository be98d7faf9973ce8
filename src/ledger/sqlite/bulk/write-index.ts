import { IndexPages } from './index-pages.ts';
import { IDS_PER_OWNER } from './job-owners.ts';
import { PageFile, type PageFileShare } from './page-file.ts';
import { SqliteRecord } from './record.ts';
import { blockOf, placeInBlock, type RowColumns } from './row-columns.ts';
import { type LateRows, OWNER_ID, type OwnerId, orderByOwner, SortBuffer } from './sort-rows.ts';

/** An index of `jobs` over ids of the owner, then the end, and the columns of all jobs that it is made of. */
export interface IndexWriting {
  readonly file: PageFileShare;
  readonly rootPage: number;
  readonly columns: readonly OwnerId[];
  readonly rows: RowColumns;
  readonly ownerIds: Int32Array<ArrayBuffer>;
  readonly late: LateRows;
}

/** The indexes that are built beside each other once all rows are written. */
export const OWNER_INDEXES: readonly {
  readonly name: string;
  readonly columns: readonly OwnerId[];
}[] = [
  { name: 'ix_jobs_queue_user_end', columns: ['queue', 'user'] },
  { name: 'ix_jobs_queue_account_end', columns: ['queue', 'account'] },
  { name: 'ix_jobs_queue_end', columns: ['queue'] },
];

/** Sorts all rows and writes one index of them to the file. */
export function writeIndex(writing: IndexWriting, buffer = new SortBuffer()): void {
  const { rows, ownerIds, columns } = writing;
  const { ends, owners } = rows;
  const pages = new IndexPages(new PageFile(writing.file), writing.rootPage);
  const entry = new SqliteRecord();
  const places = columns.map((column) => OWNER_ID[column]);
  const order = orderByOwner(rows, ownerIds, columns, writing.late, buffer);
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    const owner = owners[blockOf(row)][placeInBlock(row)] * IDS_PER_OWNER;
    entry.clear();
    for (let column = 0; column < places.length; column++) {
      entry.integer(ownerIds[owner + places[column]]);
    }
    entry.integer(ends[blockOf(row)][placeInBlock(row)]);
    entry.integer(row + 1);
    pages.append(entry);
  }
  pages.finish();
}
