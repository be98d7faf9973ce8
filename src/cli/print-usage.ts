import { closeLedger, openForReading } from '../ledger/sqlite/open-ledger.ts';
import { type UsageQuestion, usage } from '../reports/usage.ts';

export async function printUsage(
  path: string,
  question: UsageQuestion,
  format: 'table' | 'json' | 'csv',
): Promise<void> {
  const db = openForReading(path);
  try {
    const report = usage(db, question);
    switch (format) {
      case 'table': {
        const { reportTable } = await import('../output/table.ts');
        process.stdout.write(`${reportTable(report)}\n`);
        break;
      }
      case 'csv': {
        const { reportCsv } = await import('../output/csv.ts');
        process.stdout.write(reportCsv(report));
        break;
      }
      case 'json': {
        const { reportJson } = await import('../output/json.ts');
        process.stdout.write(reportJson(report));
        break;
      }
    }
  } finally {
    closeLedger(db);
  }
}
