import { Command, Option } from 'commander';
import { PERIODS, type Period } from '../reports/period.ts';
import { parseCountOption } from './count-option.ts';
import { chosenLedger } from './ledger-path.ts';
import { parseDayOption } from './option-values.ts';

export interface ReportOptions {
  readonly from?: string;
  readonly to?: string;
  readonly last?: string;
  readonly month?: string;
  readonly period: Period;
  readonly top?: number;
  readonly machine?: string;
  readonly db?: string;
  readonly format: 'table' | 'json' | 'csv';
  readonly list?: true;
}

export function reportCommand(): Command {
  return new Command('report')
    .description('Answer a question about usage, waits, sizes, efficiency; --list names them all.')
    .argument('[name]', 'the report, such as usage-by-account')
    .option('--list', 'list all reports')
    .option('--from <YYYY-MM-DD>', "first day of the jobs' end, site-local", parseDayOption)
    .option('--to <YYYY-MM-DD>', 'last day, inclusive', parseDayOption)
    .addOption(
      new Option(
        '--last <window>',
        'so many days up to the newest in the ledger (30d), or the whole week, month, quarter or year before it',
      ).conflicts(['from', 'to']),
    )
    .addOption(
      new Option('--month <YYYY-MM>', 'the days of a month').conflicts(['from', 'to', 'last']),
    )
    .addOption(
      new Option('--period <period>', 'into what the window is cut, where the report does')
        .choices(PERIODS)
        .default('month'),
    )
    .option('--top <count>', 'only so many rows, the largest', parseCountOption)
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--db <file>', 'the ledger')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['table', 'json', 'csv'])
        .default('table'),
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ qledger report usage-by-account --month 2025-11 --top 20 --machine derecho',
    )
    .action(async (name: string | undefined, options: ReportOptions) => {
      const { listReports, printReport } = await import('./print-report.ts');
      if (name === undefined || options.list === true) listReports();
      else await printReport(name, options, chosenLedger(options));
    });
}
