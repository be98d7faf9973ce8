import { Command, Option } from 'commander';
import { REPORT_FORMATS, type ReportFormat } from '../output/format.ts';
import { parseChartOption } from './chart-option-value.ts';
import { chosenLedgers } from './ledger-path.ts';
import { addReportOptions, type ReportChoice } from './report-options.ts';
import { UsageError } from './usage-error.ts';

export interface ReportOptions extends ReportChoice {
  readonly resource?: 'cpu' | 'gpu';
  readonly format: ReportFormat | 'dat';
  readonly list?: true;
  readonly help?: true;
  readonly explain?: true;
  readonly chart?: string;
}

/** What a folder of reports can be written as. */
const PACK_FORMATS = ['csv', 'dat', 'json'] as const;

export interface PackOptions extends ReportChoice {
  readonly out?: string;
  readonly html?: string;
  readonly format: (typeof PACK_FORMATS)[number];
}

export function reportCommand(): Command {
  const report = addReportOptions(
    new Command('report')
      // First, so that the command in it inherits it.
      .exitOverride()
      .enablePositionalOptions()
      .description(
        'Answer a question about usage, waits, sizes, efficiency; --list names them all.',
      )
      .argument('[name]', 'the report, such as usage-by-account')
      .option('--list', 'list all reports'),
  )
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices([...REPORT_FORMATS, 'dat'])
        .default('table'),
    )
    .addOption(
      new Option('--resource <resource>', 'whose hours a dat file has').choices(['cpu', 'gpu']),
    )
    .addOption(
      new Option(
        '--explain',
        'tell how the answer is found: queries, tables and indexes',
      ).conflicts(['chart', 'resource']),
    )
    .option('--chart <file>', 'draw it too, as .svg or .png', parseChartOption)
    .option('-h, --help', 'display help, or behind a name that on the report')
    .addHelpText(
      'after',
      [
        '\nExamples:',
        '  $ qledger report usage-by-account --month 2025-11 --top 20 --machine derecho',
        '  $ qledger report usage-history --period week --chart history.svg --machine derecho',
      ].join('\n'),
    )
    .action(async (name: string | undefined, options: ReportOptions) => {
      if (options.help === true) {
        await showHelp(report, name);
        return;
      }
      const { listReports, printReport } = await import('./print-report.ts');
      if (name === undefined || options.list === true) listReports();
      else await printReport(name, options, chosenLedgers(options));
    });
  addPackCommand(report);
  // What it would print is the same of every report.
  return report.helpOption(false);
}

async function showHelp(report: Command, name: string | undefined): Promise<void> {
  if (name === undefined) {
    report.outputHelp();
    return;
  }
  const { definitionOf } = await import('./definition-of.ts');
  const definition = definitionOf(name);
  const { reportHelp } = await import('./report-help.ts');
  process.stdout.write(reportHelp(definition, report.options));
}

function addPackCommand(report: Command): void {
  const pack = report
    .command('pack')
    .description('Write all reports into a folder, a file each, or as one page; list the files.')
    .option('--out <dir>', 'the folder; it is made where it is missing')
    .option(
      '--html <file>',
      'one page of HTML with charts and tables, which needs nothing beside it',
    );
  addReportOptions(pack)
    .addOption(
      new Option('--format <format>', 'csv or json of all; dat of those that scripts plot')
        .choices(PACK_FORMATS)
        .default('csv'),
    )
    .addHelpText(
      'after',
      [
        '\nExamples:',
        '  $ qledger report pack --html october.html --last month --period week --machine derecho',
        '  $ qledger report pack --out reports --format dat --last month --period day --machine derecho',
      ].join('\n'),
    )
    .action(async (options: PackOptions) => {
      const misplaced = report.options.find(
        (option) => report.getOptionValueSource(option.attributeName()) === 'cli',
      );
      if (misplaced !== undefined) {
        throw new UsageError(
          `${misplaced.long} belongs behind pack: qledger report pack ${misplaced.flags}`,
        );
      }
      const { out, html } = options;
      if (out === undefined && html === undefined) {
        throw new UsageError(
          'say where to: --out <dir> for a file of each report, --html <file> for one page, or both',
        );
      }
      const ledgers = chosenLedgers(options);
      if (html !== undefined) {
        const { writeReportPage } = await import('./write-report-page.ts');
        await writeReportPage(html, options, ledgers);
      }
      if (out !== undefined) {
        const { writeReportPack } = await import('./write-report-pack.ts');
        await writeReportPack(out, options, ledgers);
      }
    });
}
