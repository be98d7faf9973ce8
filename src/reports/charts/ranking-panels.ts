import type { Report } from '../report.ts';
import type { Chart } from './chart.ts';
import { cutName, inSentence } from './cut-name.ts';
import type { RankingPanel } from './figure.ts';
import { largestFirst } from './largest-rows.ts';
import { hasValues, measureOf, namesOf, valuesOf } from './report-columns.ts';

const NAMES = 15;
/** More bars than this are a table. */
const MOST_NAMES = 40;

/** Bars beside the largest names. A measure without anything but zeroes is left out. */
export function rankingPanels(
  report: Report,
  chart: Extract<Chart, { readonly form: 'ranking' }>,
  top: number | null,
): RankingPanel[] {
  const measured = chart.measures
    .map((key) => ({ measure: measureOf(report, key), values: valuesOf(report, key) }))
    .filter(({ values }) => hasValues(values));
  if (measured.length === 0) return [];
  const [named] = report.columns;
  const names = namesOf(report, named.key);
  const order = largestFirst(measured[0].values);
  const shown = order.slice(0, Math.min(top ?? NAMES, MOST_NAMES));
  return [
    {
      form: 'ranking',
      heading:
        shown.length < order.length
          ? `${cutName(shown.length, order.length, named.label)} by ${inSentence(measured[0].measure.label)}`
          : '',
      names: shown.map((row) => names[row]),
      measures: measured.map(({ measure, values }) => ({
        measure,
        values: shown.map((row) => values[row]),
      })),
    },
  ];
}
