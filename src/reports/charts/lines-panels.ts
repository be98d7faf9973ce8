import type { Report } from '../report.ts';
import type { Chart } from './chart.ts';
import { cutName, inSentence } from './cut-name.ts';
import type { LinesPanel, RankingPanel, Series } from './figure.ts';
import { largestFirst } from './largest-rows.ts';
import { periodsOf, periodWord } from './periods-of.ts';
import { rankingPanels } from './ranking-panels.ts';
import { columnOf, hasValues, measureOf, namesOf, valuesOf } from './report-columns.ts';

const LINES = 6;
/** As many as there are colours. */
const MOST_LINES = 7;

/**
 * A line over time for each of the names that have most in all periods together. A period without a row of a name is
 * 0 there, since the report has all its rows. Of a single period there are bars instead.
 */
export function linesPanels(
  report: Report,
  chart: Extract<Chart, { readonly form: 'lines' }>,
  top: number | null,
): (LinesPanel | RankingPanel)[] {
  const [time] = report.columns;
  const periodOfRow = namesOf(report, time.key);
  const categories = periodsOf(report);
  if (categories.length === 1) {
    const { rows, columns } = report;
    const ofPeriod = {
      ...report,
      columns: columns.slice(1),
      rows: rows.map((row) => row.slice(1)),
    };
    return rankingPanels(ofPeriod, { form: 'ranking', measures: [chart.measure] }, top);
  }
  const placeOf = new Map(categories.map((category, place) => [category, place]));
  const valuesOfName = new Map<string, number[]>();
  const values = valuesOf(report, chart.measure);
  for (const [row, name] of namesOf(report, chart.name).entries()) {
    const ofName = valuesOfName.get(name) ?? categories.map(() => 0);
    ofName[placeOf.get(periodOfRow[row]) ?? 0] += values[row] ?? 0;
    valuesOfName.set(name, ofName);
  }
  const all = [...valuesOfName].map(([label, values]): Series => ({ label, values }));
  if (!all.some((series) => hasValues(series.values))) return [];
  const totals = all.map((series) => series.values.reduce<number>((sum, n) => sum + (n ?? 0), 0));
  const shown = largestFirst(totals).slice(0, Math.min(top ?? LINES, MOST_LINES));
  const measure = measureOf(report, chart.measure);
  return [
    {
      form: 'lines',
      heading:
        shown.length < all.length
          ? `${measure.label}: ${inSentence(cutName(shown.length, all.length, columnOf(report, chart.name).label))}`
          : measure.label,
      categoryLabel: periodWord(time.key),
      categories,
      measure,
      series: shown.map((place) => all[place]),
    },
  ];
}
