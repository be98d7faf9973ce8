import { Command, Option } from 'commander';
import { REPORT_FORMATS, type ReportFormat } from '../output/format.ts';
import { parseCountOption } from './count-option.ts';
import { chosenLedger } from './ledger-path.ts';
import { parseDayOption } from './option-values.ts';

export interface JobsOptions {
  readonly user?: string[];
  readonly account?: string[];
  readonly queue?: string[];
  readonly qos?: string[];
  readonly status?: string[];
  readonly id?: string[];
  readonly name?: string[];
  readonly run?: number;
  readonly from?: string;
  readonly to?: string;
  readonly last?: string;
  readonly month?: string;
  readonly min?: string[];
  readonly max?: string[];
  readonly order: string;
  readonly columns?: string;
  readonly limit: number;
  readonly cursor?: string;
  readonly count?: true;
  readonly facets?: true;
  readonly db?: string;
  readonly machine?: string;
  readonly format: ReportFormat;
}

export function jobsCommand(): Command {
  return new Command('jobs')
    .description('Search jobs by anything, page by page; or count them, or tell who they are of.')
    .option('--user <glob...>', 'of users')
    .option('--account <glob...>', 'of accounts')
    .option('--queue <glob...>', 'of queues')
    .option('--qos <glob...>', 'of QoS')
    .option('--status <status...>', 'exit status, or ok, or failed')
    .option(
      '--id <job...>',
      'job id, with or without the server; 123[] is an array with its members',
    )
    .option('--name <glob...>', 'job name')
    .option('--run <run>', 'that a run put into the ledger', parseCountOption)
    .option('--from <YYYY-MM-DD>', 'first site-local day of the end', parseDayOption)
    .option('--to <YYYY-MM-DD>', 'last day, inclusive', parseDayOption)
    .addOption(
      new Option(
        '--last <window>',
        '30d up to the newest day, or week, month, quarter, year',
      ).conflicts(['from', 'to']),
    )
    .addOption(
      new Option('--month <YYYY-MM>', 'the days of a month').conflicts(['from', 'to', 'last']),
    )
    .option('--min <column=value...>', 'at least: nodes=4, elapsed=2h, memory=64GiB, cpu-hours=100')
    .option('--max <column=value...>', 'at most')
    .option('--order <column>', 'what to order by; - in front for descending', '-end')
    .option('--columns <names>', 'what to show, joined by commas; all shows all')
    .option('--limit <count>', 'jobs on a page', parseCountOption, 50)
    .option('--cursor <cursor>', 'the page that a search before named')
    .option('--count', 'only how many there are')
    .option('--facets', 'only how many there are of each user, account, queue, QoS and exit status')
    .addOption(new Option('--machine <name>', 'the ledger data/<name>.db').conflicts('db'))
    .option('--db <file>', 'the ledger')
    .addOption(
      new Option('--format <format>', 'how to print it').choices(REPORT_FORMATS).default('table'),
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ qledger jobs --queue cpu --status failed --min nodes=2 --limit 10 --machine derecho',
    )
    .action(async (options: JobsOptions) => {
      const { printJobs } = await import('./print-jobs.ts');
      await printJobs(options, chosenLedger(options));
    });
}
