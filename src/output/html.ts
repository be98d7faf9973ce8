import type { Report } from '../reports/report.ts';
import { escapedMarkup } from './escaped-markup.ts';
import { htmlTable, TABLE_STYLE } from './html-table.ts';
import { reportName, windowOf } from './report-heading.ts';
import { visibleText } from './visible-text.ts';

const STYLE = `
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1a1a1a; background: #fff;
  font: 0.9rem/1.45 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.3rem; }
h1::first-letter { text-transform: uppercase; }
p, ul { color: #555; }
${TABLE_STYLE}@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 8pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
`;

/** A report as one page that needs nothing beside it: no script, no font, no image, no network. */
export function* htmlPieces(report: Report): Generator<string> {
  const { notes } = report;
  const machine = visibleText(report.machine);
  const name = escapedMarkup(reportName(report));
  const place = escapedMarkup(`${machine}, ${windowOf(report)}`);
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
`;
  yield* htmlTable(report);
  if (notes.length > 0) {
    yield `<ul>\n${notes.map((note) => `<li>${escapedMarkup(visibleText(note))}</li>\n`).join('')}</ul>\n`;
  }
  yield '</body>\n</html>\n';
}
