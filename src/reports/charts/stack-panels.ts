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
  const bands = bandsInOrder(periodOfRow, bandOfRow);
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

/**
 * All bands in their order, although a period lacks those that no job of it is in: each that comes newly goes before
 * the one that it is followed by.
 */
function bandsInOrder(periodOfRow: readonly string[], bandOfRow: readonly string[]): string[] {
  const bands: string[] = [];
  for (let row = bandOfRow.length - 1; row >= 0; row--) {
    const band = bandOfRow[row];
    if (bands.includes(band) || band === UNKNOWN_BAND) continue;
    const isLast = periodOfRow[row + 1] !== periodOfRow[row];
    const next = isLast ? -1 : bands.indexOf(bandOfRow[row + 1]);
    bands.splice(next < 0 ? bands.length : next, 0, band);
  }
  return bandOfRow.includes(UNKNOWN_BAND) ? [...bands, UNKNOWN_BAND] : bands;
}

function cell(period: string, band: string): string {
  return `${period} ${band}`;
}
