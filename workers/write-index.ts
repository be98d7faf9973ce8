import { writeIndex } from '../src/ledger/sqlite/bulk/write-index.ts';
import { indexKernel } from './index-kernel.ts';
import type { WriteIndexTask } from './messages.ts';

export default function write(task: WriteIndexTask): void {
  writeIndex(task, indexKernel);
}
