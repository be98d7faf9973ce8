import { move, transferableSymbol, valueSymbol } from 'piscina';
import { releaseBatch } from '../src/job/job-batch.ts';
import { EncodingBuffers, encodeBatch } from '../src/ledger/sqlite/bulk/encode-batch.ts';
import type { EncodeBatchResult, EncodeBatchTask } from './messages.ts';

const buffers = new EncodingBuffers();

export default function encode(task: EncodeBatchTask): unknown {
  const result: EncodeBatchResult = encodeBatch(task, buffers);
  releaseBatch(task.batch);
  return move({
    [transferableSymbol]: [
      result.ends.buffer,
      result.owners.buffer,
      result.cells.buffer,
      result.facts.buffer,
      result.entries.buffer,
    ],
    [valueSymbol]: result,
  });
}
