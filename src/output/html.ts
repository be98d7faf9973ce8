import type { Report, ReportColumn } from '../reports/report.ts';
import { reportName, windowOf } from './report-heading.ts';
import { alignOf, valueText } from './value-text.ts';
import { visibleText } from './visible-text.ts';

const STYLE = `
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1a1a1a; background: #fff;
  font: 0.9rem/1.45 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.3rem; }
h1::first-letter { text-transform: uppercase; }
p, ul { color: #555; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.75rem; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; }
th { vertical-align: bottom; border-bottom: 2px solid #888; }
th small { display: block; color: #555; font-weight: normal; }
.n { text-align: right; white-space: nowrap; }
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 8pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
`;

/** A report as one page that needs nothing beside it: no script, no font, no image, no network. */
export function* htmlPieces(report: Report): Generator<string> {
  const { columns, rows, notes } = report;
  const machine = visibleText(report.machine);
  const name = escaped(reportName(report));
  const place = escaped(`${machine}, ${windowOf(report)}`);
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${name}: ${place}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${name}</h1>
<p>${place}</p>
<table>
<thead>
<tr>${columns.map(headCell).join('')}</tr>
</thead>
<tbody>
`;
  for (const row of rows) {
    const cells = row.map((value, i) => {
      const { kind } = columns[i];
      return `<td${classOf(columns[i])}>${escaped(valueText(value, kind))}</td>`;
    });
    yield `<tr>${cells.join('')}</tr>\n`;
  }
  yield '</tbody>\n</table>\n';
  if (notes.length > 0) {
    yield `<ul>\n${notes.map((note) => `<li>${escaped(visibleText(note))}</li>\n`).join('')}</ul>\n`;
  }
  yield '</body>\n</html>\n';
}

function headCell(column: ReportColumn): string {
  // Seconds and bytes bring their units with each value.
  const isNamed = column.kind === 'seconds' || column.kind === 'bytes';
  const unit = column.unit === undefined || isNamed ? '' : `<small>${escaped(column.unit)}</small>`;
  return `<th scope="col"${classOf(column)}>${escaped(column.label)}${unit}</th>`;
}

function classOf({ kind }: ReportColumn): string {
  return alignOf(kind) === 'right' ? ' class="n"' : '';
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]);
}
