import { type Command, Option } from 'commander';
import type { TimeUnit } from '../sources/qhist-csv/labels.ts';
import type { FormatName } from '../sources/source-format.ts';
import { parseDurationOption } from './duration-option.ts';
import { parseDayOption } from './option-values.ts';
import { parseTimeZoneOption } from './time-zone-option.ts';

/** Which raw history is read, and how. */
export interface InputOptions {
  readonly machine: string;
  readonly db?: string;
  readonly config?: string;
  readonly format?: FormatName;
  readonly fields?: string;
  readonly timezone?: string;
  readonly timeUnit: TimeUnit;
  readonly from?: string;
  readonly to?: string;
  readonly last?: number;
  readonly wait: number;
}

/** Gives a command that loads raw history what says which, and how it is read. */
export function addInputOptions(command: Command): Command {
  return command
    .argument('<file...>', 'files, folders or patterns of raw history; - for standard input')
    .requiredOption('--machine <name>', 'the machine whose history it is')
    .option('--db <file>', 'the ledger (default: data/<machine>.db)')
    .option('--config <file>', 'site configuration (default: ./qledger.toml, else the presets)')
    .addOption(
      new Option(
        '--format <format>',
        'what the files are (default: told from their content)',
      ).choices(['qhist-csv', 'qhist-json', 'qhist-list', 'pbs-log']),
    )
    .option('--fields <names>', 'fields of a CSV export without a header, joined by commas')
    .option(
      '--timezone <zone>',
      "IANA zone of the exports' times (default: the machine's)",
      parseTimeZoneOption,
    )
    .addOption(
      new Option('--time-unit <unit>', 'unit of durations where the file names none')
        .choices(['s', 'm', 'h', 'd'])
        .default('h'),
    )
    .option(
      '--from <YYYY-MM-DD>',
      'first day of the files, by the day in their names',
      parseDayOption,
    )
    .option('--to <YYYY-MM-DD>', 'last day, inclusive', parseDayOption)
    .addOption(
      new Option('--last <days>', 'so many days up to today, such as 3d')
        .argParser(parseDurationOption)
        .conflicts(['from', 'to']),
    );
}

/** How long a command that writes waits for the right to. */
export function waitOption(): Option {
  return new Option('--wait <duration>', 'how long to wait for another writer, such as 10m')
    .argParser(parseDurationOption)
    .default(0, 'not at all');
}
