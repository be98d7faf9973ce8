import type { Report } from '../report.ts';
import type { Chart } from './chart.ts';
import type { SharesPanel, Whole } from './figure.ts';
import { largestFirst, othersName } from './largest-rows.ts';
import { measureOf, namesOf, valuesOf } from './report-columns.ts';

const PARTS = 8;
/** More can't be told from each other. */
const MOST_PARTS = 12;

/** Who has how much of a whole, for each measure by itself. A measure without anything is left out. */
export function sharesPanels(
  report: Report,
  chart: Extract<Chart, { readonly form: 'shares' }>,
  top: number | null,
): SharesPanel[] {
  const names = namesOf(report, report.columns[0].key);
  const wholes = chart.measures
    .map((key) => wholeOf(report, names, key, Math.min(top ?? PARTS, MOST_PARTS)))
    .filter(({ total }) => total > 0);
  return wholes.length === 0 ? [] : [{ form: 'shares', heading: '', wholes }];
}

function wholeOf(report: Report, names: readonly string[], key: string, room: number): Whole {
  const values = valuesOf(report, key);
  // Who has nothing is neither a part nor one of the others.
  const parts = largestFirst(values)
    .map((row) => ({ name: names[row], value: values[row] ?? 0 }))
    .filter(({ value }) => value > 0);
  const shown = parts.slice(0, parts.length === room + 1 ? parts.length : room);
  const rest = parts.slice(shown.length);
  const sum = (some: typeof parts): number => some.reduce((total, { value }) => total + value, 0);
  return {
    measure: measureOf(report, key),
    total: sum(parts),
    parts: shown,
    others: rest.length === 0 ? null : { name: othersName(rest.length), value: sum(rest) },
  };
}
