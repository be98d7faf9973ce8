import { extname } from 'node:path';
import { writeWholeFile } from '../output/write-whole-file.ts';
import type { Chart } from '../reports/charts/chart.ts';
import { figureOf } from '../reports/charts/figure-of.ts';
import type { ReportDefinition } from '../reports/definition.ts';
import { REPORTS } from '../reports/registry.ts';
import { askEach, type SharedQuestion } from './ask-report.ts';
import { operatorLog } from './operator-log.ts';
import { orUsageError } from './or-usage-error.ts';
import { UsageError } from './usage-error.ts';

/**
 * Draws a report into a file, which appears when it is whole, and tells its path on stderr. What draws is loaded only
 * here, for it is large.
 * @param file ends in `.svg` or `.png`.
 * @throws UsageError where there is no chart of the report, or the file can't be written.
 */
export async function writeChart(
  file: string,
  ledgers: readonly string[],
  definition: ReportDefinition,
  question: SharedQuestion,
): Promise<void> {
  const chart = chartOf(definition);
  // The chart has to know what it leaves out.
  const reports = askEach(ledgers, definition, { ...question, top: null });
  const { chartSvg } = await import('../output/chart/chart-svg.ts');
  const svg = chartSvg(figureOf(reports, chart, question.top));
  const content = extname(file).toLowerCase() === '.svg' ? [svg] : await pngOf(svg);
  await orUsageError('--chart', file, () => writeWholeFile(file, content));
  operatorLog('text', process.stderr).info(`the chart is in ${file}`);
}

function chartOf({ name, chart }: ReportDefinition): Chart {
  if (chart !== undefined) return chart;
  const names = REPORTS.filter((report) => report.chart !== undefined).map(({ name }) => name);
  throw new UsageError(
    `--chart: there is no chart of ${name}, which is a table to look things up in; ` +
      `there are charts of ${names.join(', ')}`,
  );
}

async function pngOf(svg: string): Promise<Uint8Array> {
  const { chartPng } = await import('../output/chart/chart-png.ts');
  return chartPng(svg);
}
