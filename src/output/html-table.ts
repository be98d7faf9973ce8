import type { Report, ReportColumn } from '../reports/report.ts';
import { escapedMarkup } from './escaped-markup.ts';
import { alignOf, valueText } from './value-text.ts';

/** How tables look on a page of HTML. */
export const TABLE_STYLE = `\
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.75rem; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; }
th { vertical-align: bottom; border-bottom: 2px solid #888; }
th small { display: block; color: #555; font-weight: normal; }
.n { text-align: right; white-space: nowrap; }
`;

/** The columns and rows of a report as a table of HTML. */
export function* htmlTable({ columns, rows }: Pick<Report, 'columns' | 'rows'>): Generator<string> {
  yield `<table>
<thead>
<tr>${columns.map(headCell).join('')}</tr>
</thead>
<tbody>
`;
  for (const row of rows) {
    const cells = row.map((value, i) => {
      const { kind } = columns[i];
      return `<td${classOf(columns[i])}>${escapedMarkup(valueText(value, kind))}</td>`;
    });
    yield `<tr>${cells.join('')}</tr>\n`;
  }
  yield '</tbody>\n</table>\n';
}

function headCell(column: ReportColumn): string {
  // Seconds and bytes bring their units with each value.
  const isNamed = column.kind === 'seconds' || column.kind === 'bytes';
  const unit =
    column.unit === undefined || isNamed ? '' : `<small>${escapedMarkup(column.unit)}</small>`;
  return `<th scope="col"${classOf(column)}>${escapedMarkup(column.label)}${unit}</th>`;
}

function classOf({ kind }: ReportColumn): string {
  return alignOf(kind) === 'right' ? ' class="n"' : '';
}
