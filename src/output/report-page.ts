import type { Report } from '../reports/report.ts';
import { escapedMarkup } from './escaped-markup.ts';
import { htmlTable, TABLE_STYLE } from './html-table.ts';
import { windowOf } from './report-heading.ts';
import { alignOf, valueText } from './value-text.ts';
import { visibleText } from './visible-text.ts';

/** Many reports of one window, for one page. */
export interface ReportPage extends Pick<Report, 'machine' | 'from' | 'to'> {
  /** The figures that stand on top, a row a machine, whose name is in the first column. */
  readonly headline: Pick<Report, 'columns' | 'rows'>;
  readonly sections: readonly PageSection[];
  /** What holds for all of it. */
  readonly notes: readonly string[];
}

export interface PageSection {
  /** What links lead to. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** A drawing, as SVG; null where there is none. */
  readonly chart: string | null;
  /** With the rows that are shown. */
  readonly table: Pick<Report, 'columns' | 'rows'>;
  /** What was left out, and what else there is to know. */
  readonly notes: readonly string[];
}

const STYLE = `
body { margin: 2rem auto; max-width: 64rem; padding: 0 1rem; color: #1a1a1a; background: #fff;
  font: 0.9rem/1.45 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.6rem; }
h2 { margin: 0; padding-top: 0.6rem; border-top: 1px solid #888; font-size: 1.2rem; }
h2 a { float: right; font-size: 0.8rem; font-weight: normal; }
h3 { margin: 1rem 0 0.25rem; font-size: 1rem; }
section { margin-top: 2.5rem; }
p, ul { color: #555; }
a { color: #0072b2; }
nav ul { columns: 3 14rem; list-style: none; padding: 0; }
dl { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: 0.75rem 0; }
dl div { display: flex; flex-direction: column-reverse; }
dt { color: #555; font-size: 0.8rem; }
dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; }
figure svg { display: block; max-width: 100%; height: auto; }
.wide { overflow-x: auto; font-size: 0.82rem; }
${TABLE_STYLE}th, td { padding: 0.2rem 0.6rem; }
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 8pt; }
  section { margin-top: 1rem; }
  h2, h3 { break-after: avoid; }
  figure, tr { break-inside: avoid; }
  thead { display: table-header-group; }
  h2 a { display: none; }
  a { color: inherit; text-decoration: none; }
  .wide { overflow: visible; font-size: 7pt; }
}
`;

/** Reports as one page to mail or print: it needs no network, runs nothing, and its charts are in it. */
export function* reportPagePieces(page: ReportPage): Generator<string> {
  const title = escapedMarkup(`Usage of ${visibleText(page.machine)}, ${windowOf(page)}`);
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header id="top">
<h1>${title}</h1>
`;
  yield* headlinePieces(page.headline);
  yield '</header>\n<nav>\n<ul>\n';
  for (const { id, title } of page.sections) {
    yield `<li><a href="#${escapedMarkup(id)}">${escapedMarkup(title)}</a></li>\n`;
  }
  yield '</ul>\n</nav>\n';
  yield noteList(page.notes);
  for (const section of page.sections) yield* sectionPieces(section);
  yield '</body>\n</html>\n';
}

/** The figures of each machine; its name only where there are several. */
function* headlinePieces({ columns, rows }: ReportPage['headline']): Generator<string> {
  for (const row of rows) {
    if (rows.length > 1) yield `<h3>${escapedMarkup(visibleText(String(row[0])))}</h3>\n`;
    yield '<dl>\n';
    for (const [i, { label, kind }] of columns.entries()) {
      if (alignOf(kind) === 'left') continue;
      // Nobody reads tenths of a million hours.
      const text = valueText(row[i], kind === 'hours' ? 'count' : kind);
      yield `<div><dt>${escapedMarkup(label)}</dt><dd>${escapedMarkup(text)}</dd></div>\n`;
    }
    yield '</dl>\n';
  }
}

function* sectionPieces(section: PageSection): Generator<string> {
  const id = escapedMarkup(section.id);
  yield `<section id="${id}">
<h2>${escapedMarkup(section.title)} <a href="#top">top</a></h2>
<p>${escapedMarkup(section.description)}.</p>
`;
  if (section.chart !== null) yield `<figure>\n${section.chart}\n</figure>\n`;
  if (section.table.rows.length > 0) {
    yield '<div class="wide">\n';
    yield* htmlTable(section.table);
    yield '</div>\n';
  }
  yield noteList(section.notes);
  yield '</section>\n';
}

function noteList(notes: readonly string[]): string {
  if (notes.length === 0) return '';
  return `<ul>\n${notes.map((note) => `<li>${escapedMarkup(visibleText(note))}</li>\n`).join('')}</ul>\n`;
}
