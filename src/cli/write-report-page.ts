import { chartSvg } from '../output/chart/chart-svg.ts';
import { whatOf } from '../output/chart/chart-title.ts';
import { type PageSection, type ReportPage, reportPagePieces } from '../output/report-page.ts';
import { writeWholeFile } from '../output/write-whole-file.ts';
import { figureOf } from '../reports/charts/figure-of.ts';
import type { ReportDefinition } from '../reports/definition.ts';
import { headline } from '../reports/headline.ts';
import { REPORTS } from '../reports/registry.ts';
import type { Report } from '../reports/report.ts';
import { shownRows } from '../reports/shown-rows.ts';
import { askEach, questionOf, refuseTwins, reportOf, type SharedQuestion } from './ask-report.ts';
import { orUsageError } from './or-usage-error.ts';
import type { PackOptions } from './report-command.ts';
import type { ReportChoice } from './report-options.ts';

/** Rows of a table, unless `--top` says how many. */
const TABLE_ROWS = 20;
/** The first that is looked at. */
const FIRST = 'usage-history';
/** Each day by user, account and queue, which nobody reads on a page. */
const LEFT_OUT = 'daily-summary';

interface Asked {
  readonly definition: ReportDefinition;
  /** With all their rows, a machine each. */
  readonly reports: readonly Report[];
}

/**
 * Writes the reports of a window as one page of HTML, with charts, which appears when it is whole, and prints its path.
 * @throws UsageError where there is no such window, or the file can't be written.
 */
export async function writeReportPage(
  file: string,
  options: PackOptions,
  ledgers: readonly string[],
): Promise<void> {
  refuseTwins(ledgers);
  const question = questionOf(ledgers, options);
  const asked = definitionsInOrder().map(
    (definition): Asked => ({
      definition,
      reports: askEach(ledgers, definition, { ...question, top: null }),
    }),
  );
  const page = pageOf(asked, question, options);
  await orUsageError('--html', file, () => writeWholeFile(file, reportPagePieces(page)));
  process.stdout.write(`${file}\n`);
}

function definitionsInOrder(): ReportDefinition[] {
  const isFirst = ({ name }: ReportDefinition): boolean => name === FIRST;
  const others = REPORTS.filter((report) => !isFirst(report) && report.name !== LEFT_OUT);
  return [...REPORTS.filter(isFirst), ...others];
}

function pageOf(
  asked: readonly Asked[],
  question: SharedQuestion,
  choice: ReportChoice,
): ReportPage {
  const reportsOf = (name: string): readonly Report[] =>
    asked.find(({ definition }) => definition.name === name)?.reports ?? [];
  const sections = asked.map((one) => sectionOf(one, question, choice));
  // What is said of each report is said once, of all.
  const common = sections[0].notes.filter((note) =>
    sections.every(({ notes }) => notes.includes(note)),
  );
  return {
    machine: asked[0].reports.map(({ machine }) => machine).join(', '),
    from: question.from,
    to: question.to,
    headline: headline(reportsOf('usage-by-user'), reportsOf('usage-by-account')),
    sections: sections.map((section) => ({
      ...section,
      notes: section.notes.filter((note) => !common.includes(note)),
    })),
    notes: common,
  };
}

function sectionOf(
  { definition, reports }: Asked,
  question: SharedQuestion,
  choice: ReportChoice,
): PageSection {
  const { name, title, chart } = definition;
  const cut = reports.map((report) => ({
    report,
    shown: shownRows(report, question.top ?? TABLE_ROWS),
  }));
  const isCut = cut.some(({ shown }) => shown.note !== null);
  const { columns, rows, notes } = reportOf(
    cut.map(({ report, shown }) => ({ ...report, rows: shown.rows })),
    definition,
    question,
    choice,
    isCut,
  );
  const figure = chart === undefined ? null : figureOf(reports, chart, question.top);
  const cutNotes = cut.flatMap(({ report, shown }) => {
    if (shown.note === null) return [];
    return [reports.length === 1 ? shown.note : `${report.machine}: ${shown.note}`];
  });
  return {
    id: name,
    title: whatOf({ kind: name }),
    description: title,
    chart: figure === null ? null : chartSvg(figure, { hasTitle: false, idPrefix: name }),
    table: { columns, rows },
    // Most of what there is to know of the chart holds for the table too.
    notes: [...new Set([...cutNotes, ...(figure?.notes ?? []), ...notes])],
  };
}
