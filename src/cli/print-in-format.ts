import type { Report } from '../reports/report.ts';

/** Prints a report; what renders a format is loaded when it is asked for. */
export async function printInFormat(
  report: Report,
  format: 'table' | 'json' | 'csv',
): Promise<void> {
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
}
