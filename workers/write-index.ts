import { SortBuffer } from '../src/ledger/sqlite/bulk/sort-rows.ts';
import { writeIndex } from '../src/ledger/sqlite/bulk/write-index.ts';
import type { WriteIndexTask } from './messages.ts';

const buffer = new SortBuffer();

export default function write(task: WriteIndexTask): void {
  writeIndex(task, buffer);
}
