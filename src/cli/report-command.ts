import { Command, Option } from 'commander';
import { REPORT_FORMATS, type ReportFormat } from '../output/format.ts';
import { chosenLedgers } from './ledger-path.ts';
import { addReportOptions, type ReportChoice } from './report-options.ts';

export interface ReportOptions extends ReportChoice {
  readonly resource?: 'cpu' | 'gpu';
  readonly format: ReportFormat | 'dat';
  readonly list?: true;
  readonly explain?: true;
}

/** What a folder of reports can be written as. */
const PACK_FORMATS = ['csv', 'dat', 'json'] as const;

export interface PackOptions extends ReportChoice {
  readonly out: string;
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
    .option('--explain', 'tell how the answer is found: queries, tables and indexes')
    .addHelpText(
      'after',
      '\nExample:\n  $ qledger report usage-by-account --month 2025-11 --top 20 --machine derecho',
    )
    .action(async (name: string | undefined, options: ReportOptions) => {
      const { listReports, printReport } = await import('./print-report.ts');
      if (name === undefined || options.list === true) listReports();
      else await printReport(name, options, chosenLedgers(options));
    });
  addPackCommand(report);
  return report;
}

function addPackCommand(report: Command): void {
  const pack = report
    .command('pack')
    .description('Write all reports into a folder, a file each, and list the files.')
    .requiredOption('--out <dir>', 'the folder; it is made where it is missing');
  addReportOptions(pack)
    .addOption(
      new Option('--format <format>', 'csv or json of all; dat of those that scripts plot')
        .choices(PACK_FORMATS)
        .default('csv'),
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ qledger report pack --out reports --format dat --last month --period day --machine derecho',
    )
    .action(async (options: PackOptions) => {
      const { writeReportPack } = await import('./write-report-pack.ts');
      await writeReportPack(options, chosenLedgers(options));
    });
}
