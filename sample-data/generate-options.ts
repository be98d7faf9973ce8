import { Command, InvalidArgumentError, Option } from 'commander';
import { formatLocalDay, parseLocalDay } from '../src/site/local-day.ts';
import type { HistoryOptions } from './history-options.ts';
import { HISTORY_FORMATS, type HistoryFormat } from './history-pieces.ts';
import { isFolder } from './is-folder.ts';
import {
  isOldDatabaseFormat,
  OLD_DATABASE_FORMATS,
  type OldDatabaseFormat,
} from './old-database/old-database-format.ts';
import type { MachineProfile } from './world/machine-profile.ts';
import { machineProfiles } from './world/machine-profiles.ts';

export interface GenerateOptions extends HistoryOptions {
  readonly format: HistoryFormat | OldDatabaseFormat;
  /** The file or, for logs alone, the folder to write; standard output where there is none. */
  readonly out: string | undefined;
}

interface ParsedOptions {
  readonly machine: MachineProfile['name'];
  readonly jobs: number;
  readonly format: HistoryFormat | OldDatabaseFormat;
  readonly out?: string;
  readonly seed: number;
  readonly from: number;
  readonly jobsPerDay?: number;
  readonly broken: number;
}

const MOST_JOBS = 1_000_000_000;
const MOST_JOBS_PER_DAY = 10_000_000;
const LARGEST_SEED = 0xffff_ffff;
const FIRST_YEAR = 1971;
const LAST_YEAR = 2090;

const EXAMPLE = `
Example:
  node sample-data/generate.ts --machine derecho --jobs 1000000 --out big.csv
  node sample-data/generate.ts --machine derecho --jobs 1000000 --format pbs-log --out logs/
`;

/**
 * @param args the words after the script's name.
 * @throws CommanderError after printing help or one line about a bad value; its exitCode is 0 for help.
 */
export function parseGenerateOptions(args: readonly string[]): GenerateOptions {
  const command = makeCommand();
  command.parse(args, { from: 'user' });
  const {
    machine: name,
    jobs,
    format,
    out,
    seed,
    from,
    jobsPerDay,
    broken,
  } = command.opts<ParsedOptions>();
  const machine = machineProfiles[name];
  const perDay = jobsPerDay ?? machine.jobsPerDay;
  if (format !== 'pbs-log' && out !== undefined && isFolder(out)) {
    command.error(
      `error: --out '${out}' is a folder, which only --format pbs-log fills, a file for each day; give a file`,
    );
  }
  if (isOldDatabaseFormat(format) && out === undefined) {
    command.error(`error: --format ${format} is a database and needs a file: give --out <file>`);
  }
  if (isOldDatabaseFormat(format) && broken > 0) {
    command.error(`error: --broken ${broken} is for raw history; --format ${format} has none`);
  }
  return { machine, jobs, format, out, seed, firstDay: from, jobsPerDay: perDay, broken };
}

function makeCommand(): Command {
  const machine = new Option('--machine <name>', 'whose history')
    .choices(Object.keys(machineProfiles))
    .makeOptionMandatory();
  const from = new Option('--from <YYYY-MM-DD>', 'the first day on which jobs end')
    .argParser(parseDay)
    .default(parseLocalDay('2025-01-01'), '2025-01-01');
  const format = new Option('--format <name>', 'how the history is written')
    .choices([...HISTORY_FORMATS, ...OLD_DATABASE_FORMATS])
    .default('qhist-csv');
  return new Command('generate')
    .description('Write a lifelike synthetic job history as qhist exports it or as PBS logs it.')
    .addOption(machine)
    .requiredOption('--jobs <count>', 'how many jobs', wholeNumber(0, MOST_JOBS))
    .addOption(format)
    .option(
      '--out <file>',
      'the file to write, compressed if it ends in .gz or .zst; for pbs-log also a folder of day files ' +
        '(default: standard output)',
    )
    .option(
      '--seed <number>',
      'the same seed writes the same bytes',
      wholeNumber(0, LARGEST_SEED),
      1,
    )
    .addOption(from)
    .option(
      '--jobs-per-day <count>',
      'decides how many days the history covers (default: 5000 on derecho, 8000 on casper)',
      wholeNumber(1, MOST_JOBS_PER_DAY),
    )
    .option('--broken <count>', 'how many broken records to scatter', wholeNumber(0, MOST_JOBS), 0)
    .configureOutput({
      outputError: (text, write) => write(`${text.trim().replaceAll('\n', ' ')}\n`),
    })
    .allowExcessArguments(false)
    .addHelpText('after', EXAMPLE)
    .exitOverride();
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

function parseDay(text: string): number {
  const day = parseLocalDay(text);
  if (day >= parseLocalDay(`${FIRST_YEAR}-01-01`) && day <= parseLocalDay(`${LAST_YEAR}-12-31`)) {
    return day;
  }
  const example = formatLocalDay(parseLocalDay('2025-01-01'));
  throw new InvalidArgumentError(
    `Give a day from ${FIRST_YEAR} to ${LAST_YEAR} as YYYY-MM-DD, such as ${example}.`,
  );
}
