import type { ReportFormat } from '../output/format.ts';
import { reportPieces } from '../output/report-pieces.ts';
import { writePieces } from '../output/write-pieces.ts';
import type { Report } from '../reports/report.ts';

/** Prints a report; a table fits the terminal, where there is one. */
export async function printInFormat(report: Report, format: ReportFormat): Promise<void> {
  const { isTTY, columns } = process.stdout;
  const width = isTTY && columns > 0 ? columns : null;
  await writePieces(process.stdout, await reportPieces(report, format, width));
}
