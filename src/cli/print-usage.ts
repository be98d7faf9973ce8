import { type UsageQuestion, usage } from '../reports/usage.ts';
import { askLedger } from './ask-ledger.ts';
import { printInFormat } from './print-in-format.ts';

export async function printUsage(
  path: string,
  question: UsageQuestion,
  format: 'table' | 'json' | 'csv',
): Promise<void> {
  await printInFormat(
    askLedger(path, (db) => usage(db, question)),
    format,
  );
}
