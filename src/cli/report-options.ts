import { type Command, Option } from 'commander';
import { PERIODS, type Period } from '../reports/period.ts';
import { parseCountOption } from './count-option.ts';
import { ALL_MACHINES } from './ledger-path.ts';
import { parseDayOption } from './option-values.ts';

/** What can be said of any report: of which ledgers, over which days. */
export interface ReportChoice {
  readonly from?: string;
  readonly to?: string;
  readonly last?: string;
  readonly month?: string;
  readonly period: Period;
  readonly top?: number;
  readonly machine?: string;
  readonly db?: readonly string[];
  readonly config?: string;
}

/** Gives a command the options of a `ReportChoice`. */
export function addReportOptions(command: Command): Command {
  return command
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
    .addOption(
      new Option(
        '--machine <name>',
        `the ledger data/<name>.db; ${ALL_MACHINES} for every one in data/`,
      ).conflicts('db'),
    )
    .option('--db <file>', 'the ledger; again for one more', (file: string, files?: string[]) => [
      ...(files ?? []),
      file,
    ])
    .option(
      '--config <file>',
      'what is known of the machines (default: ./qledger.toml, else the presets)',
    );
}
