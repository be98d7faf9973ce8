import { UNKNOWN_BAND } from '../bands.ts';
import type { Report } from '../report.ts';
import type { Chart, ChartPanel } from './chart.ts';
import type { ColumnsPanel } from './figure.ts';
import { periodWord } from './periods-of.ts';
import { hasValues, measureOf, namesOf, valuesOf } from './report-columns.ts';

/** Bars above bands or periods. A panel without anything but zeroes is left out. */
export function columnsPanels(
  report: Report,
  chart: Extract<Chart, { readonly form: 'columns' }>,
): ColumnsPanel[] {
  const [first] = report.columns;
  const isTime = chart.over === 'time';
  const categories = namesOf(report, first.key);
  const unknown = categories.lastIndexOf(UNKNOWN_BAND);
  return chart.panels
    .map((panel): ColumnsPanel => {
      const measure = measureOf(report, panel.series[0].key, panel.label);
      return {
        form: 'columns',
        heading: measure.label,
        categoryLabel: isTime ? periodWord(first.key) : first.label,
        categories,
        isTime,
        measure,
        scale: panel.scale ?? 'linear',
        series: seriesOf(report, panel),
        unknown: isTime || unknown < 0 ? null : unknown,
      };
    })
    .filter(({ series }) => series.some(({ values }) => hasValues(values)));
}

function seriesOf(report: Report, panel: ChartPanel): ColumnsPanel['series'] {
  return panel.series.map(({ key, label }) => ({
    label: measureOf(report, key, label).label,
    values: valuesOf(report, key),
  }));
}
