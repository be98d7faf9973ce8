import { writeUniqueIndex } from '../src/ledger/sqlite/bulk/write-unique-index.ts';
import { indexKernel } from './index-kernel.ts';
import type { WriteUniqueIndexTask } from './messages.ts';

export default function write(task: WriteUniqueIndexTask): void {
  writeUniqueIndex(task, indexKernel);
}
