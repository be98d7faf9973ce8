import type { Report } from '../report.ts';
import type { Chart } from './chart.ts';
import { columnsPanels } from './columns-panels.ts';
import { inSentence } from './cut-name.ts';
import type { Figure, Panel } from './figure.ts';
import { linesPanels } from './lines-panels.ts';
import { rankingPanels } from './ranking-panels.ts';
import { columnOf, valuesOf } from './report-columns.ts';
import { sharesPanels } from './shares-panels.ts';
import { stackPanels } from './stack-panels.ts';

/**
 * What a chart of a report shows. That of several machines has the panels of one after those of the other.
 * @param reports of one kind and one window, with all their rows; a machine each, at least one.
 * @param top how many names are shown, where the chart has any, as far as they can be told apart; null for what
 *   suits the chart.
 */
export function figureOf(reports: readonly Report[], chart: Chart, top: number | null): Figure {
  const [first] = reports;
  const isOne = reports.length === 1;
  const drawn = reports.map((report) => ({ report, panels: panelsOf(report, chart, top) }));
  const panels = drawn.flatMap(({ report, panels }) =>
    panels.map((panel) => ({
      ...panel,
      heading: isOne ? panel.heading : headingOf(report.machine, panel.heading),
    })),
  );
  return {
    kind: first.kind,
    machine: reports.map(({ machine }) => machine).join(', '),
    from: first.from,
    to: first.to,
    panels,
    message: panels.length > 0 ? null : messageOf(reports, chart),
    notes: drawn.flatMap(({ report, panels: own }) => {
      const isMissing = own.length === 0 && panels.length > 0;
      const notes = isMissing ? [`${messageOf([report], chart)}.`, ...report.notes] : report.notes;
      return isOne ? notes : notes.map((note) => `${report.machine}: ${note}`);
    }),
  };
}

function panelsOf(report: Report, chart: Chart, top: number | null): Panel[] {
  switch (chart.form) {
    case 'columns':
      return columnsPanels(report, chart);
    case 'stack':
      return stackPanels(report, chart);
    case 'ranking':
      return rankingPanels(report, chart, top);
    case 'shares':
      return sharesPanels(report, chart, top);
    case 'lines':
      return linesPanels(report, chart, top);
  }
}

function headingOf(machine: string, heading: string): string {
  return heading === '' ? machine : `${machine}: ${heading}`;
}

function messageOf(reports: readonly Report[], chart: Chart): string {
  // What is not of jobs, such as budgets, can be missing although there are jobs.
  if (!reports[0].columns.some(({ key }) => key === 'jobs'))
    return 'Nothing to show in this window';
  const hasJobs = reports.some((report) => valuesOf(report, 'jobs').some((jobs) => jobs !== 0));
  if (!hasJobs) return 'No jobs in this window';
  const labels = reports.flatMap((report) => labelsOf(report, chart));
  return `There are jobs in this window, but none with ${[...new Set(labels)].map(inSentence).join(' or ')}`;
}

function labelsOf(report: Report, chart: Chart): string[] {
  const label = (key: string): string => columnOf(report, key).label;
  switch (chart.form) {
    case 'columns':
      return chart.panels.map((panel) => panel.label ?? label(panel.series[0].key));
    case 'lines':
      return [label(chart.measure)];
    default:
      return chart.measures.map(label);
  }
}
