import { move, transferableSymbol, valueSymbol } from 'piscina';
import { encodeBatch } from '../src/ledger/sqlite/bulk/encode-batch.ts';
import type { EncodeBatchResult, EncodeBatchTask } from './messages.ts';

export default function encode(task: EncodeBatchTask): unknown {
  const result: EncodeBatchResult = encodeBatch(task);
  return move({
    [transferableSymbol]: [result.ends.buffer, result.owners.buffer, result.cells.sums.buffer],
    [valueSymbol]: result,
  });
}
