import { UNKNOWN_BAND } from '../bands.ts';
import type { Report } from '../report.ts';
import type { Chart } from './chart.ts';
import type { StackPanel } from './figure.ts';
import { periodsOf, periodWord } from './periods-of.ts';
import { columnOf, hasValues, measureOf, namesOf, valuesOf } from './report-columns.ts';

const BAND = 'band';

/** Bands stacked over time. A measure without anything but zeroes is left out. */
export function stackPanels(
  report: Report,
  chart: Extract<Chart, { readonly form: 'stack' }>,
): StackPanel[] {
  const [time] = report.columns;
  const periodOfRow = namesOf(report, time.key);
  const bandOfRow = namesOf(report, BAND);
  const categories = periodsOf(report);
  const present = new Set(bandOfRow);
  const bands = (columnOf(report, BAND).order ?? []).filter((band) => present.has(band));
  const unknown = bands.indexOf(UNKNOWN_BAND);
  return chart.measures
    .map((key): StackPanel => {
      const measure = measureOf(report, key);
      const valueIn = new Map(
        valuesOf(report, key).map((value, row) => [cell(periodOfRow[row], bandOfRow[row]), value]),
      );
      return {
        form: 'stack',
        heading: measure.label,
        categoryLabel: periodWord(time.key),
        categories,
        bandLabel: columnOf(report, BAND).label,
        measure,
        series: bands.map((band) => ({
          label: band,
          values: categories.map((period) => valueIn.get(cell(period, band)) ?? 0),
        })),
        unknown: unknown < 0 ? null : unknown,
      };
    })
    .filter(({ series }) => series.some(({ values }) => hasValues(values)));
}

function cell(period: string, band: string): string {
  return `${period} ${band}`;
}
