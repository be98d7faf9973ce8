import { datPieces } from '../output/dat.ts';
import { alignedTable } from '../output/table.ts';
import { writePieces } from '../output/write-pieces.ts';
import type { ReportDefinition } from '../reports/definition.ts';
import { explainedReport } from '../reports/explain/explained-report.ts';
import type { PlotFile } from '../reports/plot-files/plot-file.ts';
import { PLOT_FILES } from '../reports/plot-files/plot-files.ts';
import { REPORTS } from '../reports/registry.ts';
import { askReport, askShared, questionOf, refuseTwins } from './ask-report.ts';
import { definitionOf } from './definition-of.ts';
import { printInFormat } from './print-in-format.ts';
import type { ReportOptions } from './report-command.ts';
import { UsageError } from './usage-error.ts';

export function listReports(): void {
  const rows = REPORTS.map(({ name, title, options }) => [
    name,
    title,
    options.map((option) => `--${option}`).join(' '),
  ]);
  const table = alignedTable(['Report', 'What it tells', 'Takes'], rows, ['left', 'left', 'left']);
  process.stdout.write(`${table}\n`);
}

/** @throws UsageError where there is no such report, window or file for plotting. */
export async function printReport(
  name: string,
  options: ReportOptions,
  ledgers: readonly string[],
): Promise<void> {
  const definition = definitionOf(name);
  const { format, resource } = options;
  if (options.explain === true) {
    await printExplanation(definition, options, ledgers);
    return;
  }
  if (format === 'dat') {
    if (options.chart !== undefined) {
      throw new UsageError(
        '--chart: a dat file is for scripts that draw themselves; leave out one of them',
      );
    }
    await printPlotFile(plotFileOf(name, resource), options, ledgers);
    return;
  }
  if (resource !== undefined) {
    throw new UsageError('--resource is for --format dat; all other formats have both');
  }
  refuseTwins(ledgers);
  const question = questionOf(ledgers, options);
  if (options.chart !== undefined) {
    const { writeChart } = await import('./write-chart.ts');
    // First, for who reads what is printed may stop, which ends the program.
    await writeChart(options.chart, ledgers, definition, question);
  }
  await printInFormat(askReport(ledgers, definition, question, options), format);
}

async function printExplanation(
  definition: ReportDefinition,
  options: ReportOptions,
  ledgers: readonly string[],
): Promise<void> {
  const { format } = options;
  if (ledgers.length > 1)
    throw new UsageError('--explain is of one machine; name it with --machine');
  if (format === 'dat') throw new UsageError('--explain is of a report, not of a dat file');
  const question = questionOf(ledgers, options);
  const explained = askShared(ledgers[0], question, (db, asked) =>
    explainedReport(db.name, definition, asked),
  );
  await printInFormat(explained, format);
}

async function printPlotFile(
  file: PlotFile,
  options: ReportOptions,
  ledgers: readonly string[],
): Promise<void> {
  if (ledgers.length > 1) {
    throw new UsageError(
      '--format dat is of one machine; a file for each is written by: qledger report pack',
    );
  }
  const question = questionOf(ledgers, options);
  const table = askShared(ledgers[0], question, (db, asked) => file.answer(db, asked));
  await writePieces(process.stdout, datPieces(table));
}

function plotFileOf(name: string, resource: 'cpu' | 'gpu' | undefined): PlotFile {
  const files = PLOT_FILES.filter(({ report }) => report === name);
  if (files.length === 0) {
    const names = [...new Set(PLOT_FILES.map(({ report }) => report))].join(', ');
    throw new UsageError(
      `--format dat: there is no such file of ${name}; there are some of ${names}. ` +
        'Other scripts read --format csv or json',
    );
  }
  const file = resource === undefined ? files[0] : files.find((of) => of.resource === resource);
  if (file !== undefined) return file;
  throw new UsageError(
    `--resource ${resource}: the dat file of ${name} is of ${files[0].resource === 'all' ? 'all jobs' : `${files[0].resource.toUpperCase()}s`} alone`,
  );
}
