import type { ReportFormat } from '../output/format.ts';
import { type UsageQuestion, usage } from '../reports/usage.ts';
import { askLedger } from './ask-ledger.ts';
import { printInFormat } from './print-in-format.ts';

export async function printUsage(
  path: string,
  question: UsageQuestion,
  format: ReportFormat,
): Promise<void> {
  await printInFormat(
    askLedger(path, (db) => usage(db, question)),
    format,
  );
}
