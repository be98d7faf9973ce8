import type { Report } from '../reports/report.ts';
import type { ReportFormat } from './format.ts';

/**
 * A report in a format, in pieces that together are the text, so that a long one need not be held whole. What
 * renders a format is loaded when it is asked for.
 * @param width of the terminal that a table should fit; null where there is none.
 */
export async function reportPieces(
  report: Report,
  format: ReportFormat,
  width: number | null = null,
): Promise<Iterable<string>> {
  switch (format) {
    case 'table': {
      const { reportTable } = await import('./table.ts');
      return [`${reportTable(report, width)}\n`];
    }
    case 'csv': {
      const { csvPieces } = await import('./csv.ts');
      return csvPieces(report);
    }
    case 'json': {
      const { jsonPieces } = await import('./json.ts');
      return jsonPieces(report);
    }
    case 'ndjson': {
      const { ndjsonPieces } = await import('./ndjson.ts');
      return ndjsonPieces(report);
    }
    case 'markdown': {
      const { markdownPieces } = await import('./markdown.ts');
      return markdownPieces(report);
    }
    case 'html': {
      const { htmlPieces } = await import('./html.ts');
      return htmlPieces(report);
    }
  }
}
